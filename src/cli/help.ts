/** What `userpage --help` prints, in 80 columns. */
export const help = `userpage - how far a branded type has to propagate through a TypeScript project

  userpage measure      how far the brand goes: hops, edits, obstacles
  userpage apply        the edits as a unified diff; --write changes the files
  userpage explain P    why P has to change, hop by hop; P is a position's id
                        or file:line
  userpage compare      the strategies side by side, each judged by the compiler
  userpage plan         what protecting releases costs: the price curve, patches
  userpage mistakes [P] mistakes at every release, in these files and folders
                        or all: which of them the compiler stops, with each
                        strategy; without --source, in a project that is branded

what is asked:
  -p, --project FILE    a tsconfig, or the folder that holds one;
                        default: the tsconfig.json here
      --source SELECTOR what produces the branded type (repeatable)
      --brand NAME      the branded type; declared if it does not exist
      --base TYPE       the plain type; by default what the source returns
      --mode MODE       distinct (default): assignable neither way;
                        subtype: a branded value passes as the base
      --sink SELECTOR   what the brand has to reach (repeatable)
      --release PLAIN=BRANDED
                        a function, and what its branded calls become
                        (repeatable)
      --erasure OUT=BACK
                        functions by which a value becomes something else, such
                        as an integer, and a value again (repeatable)
      --strategy NAME   distinct, subtype (as the mode, by default), mint-helper
                        (tests call one function instead of casting), cut,
                        rename, flag, view, generic; compare shows what
                        each comes to
      --cut SELECTOR    where the strategy cut stops (repeatable); by default
                        where plain values join
      --flag SELECTOR   a function that says at run time whether a value is
                        branded, for the strategy flag
      --config FILE     default: the nearest userpage.config.json, upward
      --graph FILE      a flow graph with its question, instead of a project
      --no-verify       do not ask the compiler
      --necessity       undo every edit alone and ask the compiler

what is printed:
      --format FORMAT   text (default), json, markdown; measure: graph, the
                        flow graph for --graph; measure, plan: svg
      --out FILE        into a file instead of stdout
      --write           apply: change the files, all of them or none
      --series DIR      apply: write the plan's patches there, for git am
      --quiet           no progress and no notes
      --config-schema   the JSON schema of the configuration file
      --graph-schema    the JSON schema of a flow graph
      --version
  -h, --help

A selector is file.ts#name, file.ts#Class.member or file.ts#function(parameter);
a bare function means what it returns. The way to a name may be longer:
namespace.Class.member, outer.inner for a function in a function, object.key,
makeApi.key for a member of the object that a function gives back;
Class(parameter) is the constructor's, Class.static.member and
Class.prototype.member tell two of one name apart, file.ts#default is the
default export. With no arguments, measures what the nearest
userpage.config.json asks.

exit: 0 done, 1 the compiler rejects the edits, 2 wrong usage or bad input
`;
