namespace ScaleFunctions.Core.Policies;

/// <summary>What every document says before its <c>spec</c>.</summary>
internal sealed record PolicyHeader
{
    /// <summary>Empty when it could not be read; the document then has an error.</summary>
    public required string Name { get; init; }

    public required string Owner { get; init; }

    public required PolicySource Source { get; init; }
}
