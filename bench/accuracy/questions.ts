/** A brand of a published package, to be taken out and asked for. */
export interface AccuracyQuestion {
  readonly package: string;
  /** `file#Name` of the brand's declaration. */
  readonly brand: string;
  readonly base: string;
  /**
   * Where branded values come in from outside the package: a caller's argument, a message, a row. No flow inside the
   * package leads there, so a person who asks has to name them, as the authors did by writing the brand.
   */
  readonly entries: readonly string[];
}

const automerge = "@automerge/automerge-repo";
const atproto = "@atproto/syntax";
const evolu = "@evolu/common";

/** Every question the accuracy table answers. */
export const questions: readonly AccuracyQuestion[] = [
  {
    package: automerge,
    brand: "src/types.ts#PeerId",
    base: "string",
    entries: [
      "src/network/NetworkAdapterInterface.ts#PeerCandidatePayload.peerId",
      "src/network/NetworkAdapterInterface.ts#PeerDisconnectedPayload.peerId",
      "src/network/messages.ts#Message.senderId",
    ],
  },
  {
    package: automerge,
    brand: "src/storage/types.ts#StorageId",
    base: "string",
    entries: [
      "src/Repo.ts#Repo.subscribeToRemotes(remotes)",
      "src/DocHandle.ts#DocHandle.getRemoteHeads(storageId)",
      "src/network/messages.ts#RemoteSubscriptionControlMessage.add",
      "src/network/messages.ts#RemoteSubscriptionControlMessage.remove",
      "src/RemoteHeadsSubscriptions.ts#RemoteHeadsSubscriptions.unsubscribeFromRemotes(remotes)",
    ],
  },
  { package: automerge, brand: "src/types.ts#SessionId", base: "string", entries: [] },
  {
    package: automerge,
    brand: "src/types.ts#DocumentId",
    base: "string",
    entries: [
      "src/AutomergeUrl.ts#ParsedAutomergeUrl.documentId",
      "src/network/messages.ts#Message.documentId",
      "src/Repo.ts#Repo.flush(documents)",
      "src/Repo.ts#Repo.removeFromCache(documentId)",
      "src/Repo.ts#Repo.import(args)",
    ],
  },
  {
    package: automerge,
    brand: "src/types.ts#AutomergeUrl",
    base: "string",
    entries: ["src/AutomergeUrl.ts#parseAutomergeUrl(url)", "src/Repo.ts#RepoConfig.denylist"],
  },
  { package: evolu, brand: "src/Crdt.ts#TimestampString", base: "string", entries: [] },
  { package: evolu, brand: "src/Crdt.ts#TimestampHash", base: "number", entries: [] },
  {
    package: evolu,
    brand: "src/Crdt.ts#MerkleTreeString",
    base: "string",
    entries: [],
  },
  {
    package: evolu,
    brand: "src/Crypto.ts#Mnemonic",
    base: "string",
    entries: ["src/Evolu.ts#EvoluConfig.mnemonic", "src/Evolu.ts#Evolu.restoreOwner(mnemonic)"],
  },
  { package: atproto, brand: "src/aturi_validation.ts#AtUriString", base: "string", entries: [] },
  { package: atproto, brand: "src/nsid.ts#NsidString", base: "string", entries: [] },
  { package: atproto, brand: "src/handle.ts#HandleString", base: "string", entries: [] },
  { package: "@solana/rpc-types", brand: "src/lamports.ts#Lamports", base: "bigint", entries: [] },
  { package: "@solana/rpc-types", brand: "src/blockhash.ts#Blockhash", base: "string", entries: [] },
  { package: "@solana/keys", brand: "src/signatures.ts#Signature", base: "string", entries: [] },
];
