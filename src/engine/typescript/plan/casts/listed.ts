/** The list of a type: a name, or what has to stand in parentheses. */
export function listed(text: string): string {
  return /^(?:import\("[^"]*"\)\.)?[\w$.]+(?:<.*>)?$/.test(text) ? `${text}[]` : `(${text})[]`;
}
