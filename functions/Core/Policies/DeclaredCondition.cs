namespace ScaleFunctions.Core.Policies;

/// <summary>What a resource of a declared kind must be like to be scaled; one that is not is left alone.</summary>
/// <param name="Path">A member of its body: <c>properties.isAutoInflateEnabled</c>.</param>
/// <param name="OneOf">The values it may have, as text: <c>false</c>. A member that is missing has none.</param>
/// <param name="Reason">Why others are left alone, for people.</param>
public sealed record DeclaredCondition(string Path, IReadOnlyList<string> OneOf, string Reason);
