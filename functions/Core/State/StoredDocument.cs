namespace ScaleFunctions.Core.State;

/// <summary>A small piece of state beside the targets' rows, written only on the condition that its version is known.</summary>
/// <param name="Partition">What kind of thing it is, and of which whole it is a part.</param>
/// <param name="Key">Unique in its partition.</param>
/// <param name="Version">Set by the store: 0 for one not written yet.</param>
/// <param name="Json">The content.</param>
/// <param name="ExpiresAt">May be removed after this time.</param>
public sealed record StoredDocument(string Partition, string Key, long Version, string Json, DateTimeOffset ExpiresAt);
