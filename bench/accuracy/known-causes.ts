import type { Cause } from "./cause.ts";

/** The causes that neither syntax nor label tells, each place looked at: `Brand file place` to cause. */
export const knownCauses: Readonly<Record<string, Cause>> = {
  "PeerId src/network/messages.ts SyncStateMessage.peerId": "not-written",
  "PeerId src/Repo.ts Repo.getStorageIdOfPeer.peerId": "not-called",
  "PeerId src/presence/types.ts PresenceEventPruning.pruned": "cast-before",
  "PeerId src/presence/PeerPresenceInfo.ts PeerPresenceInfo.prune.pruned": "cast-before",
  "PeerId src/helpers/DummyNetworkAdapter.ts DummyNetworkAdapter.peerCandidate.peerId": "not-called",
  "StorageId src/RemoteHeadsSubscriptions.ts RemoteHeadsSubscriptions.#changedHeads.storageId": "cast-before",
  "StorageId src/RemoteHeadsSubscriptions.ts RemoteHeadsSubscriptionEventPayload.storageId": "cast-before",
  "StorageId src/storage/StorageSubsystem.ts StorageSubsystem.id.id": "cast-before",
  "DocumentId src/network/messages.ts SyncStateMessage.documentId": "not-written",
  "TimestampString src/Evolu.ts Evolu.createQuery.queryCallback.db.evolu_message.timestamp": "not-written",
  "TimestampString src/Crdt.ts unsafeTimestampFromString.s": "cast-before",
  "TimestampString src/Murmurhash.ts murmurhash().(key)": "wider-by-choice",
  "MerkleTreeString src/Protobuf.ts SyncResponse.merkleTree": "not-written",
  "MerkleTreeString src/Crdt.ts unsafeMerkleTreeFromString.m": "not-called",
  "Mnemonic src/Crypto.ts parseMnemonic": "cast-before",
  "Mnemonic src/Evolu.ts Evolu.restoreOwner.mnemonic": "not-called",
  "Mnemonic src/Db.ts Db.restoreOwner.mnemonic": "not-called",
};
