using NodaTime;

namespace ScaleFunctions.Core.Policies;

/// <summary>What every document says before its <c>spec</c>.</summary>
internal sealed record PolicyHeader
{
    /// <summary>Empty when it could not be read; the document then has an error.</summary>
    public required string Name { get; init; }

    public required string Owner { get; init; }

    public required PolicySource Source { get; init; }

    /// <summary>Names of the policies it is laid over, nearest first.</summary>
    public required IReadOnlyList<string> Extends { get; init; }

    /// <summary>Days off by the name of their file; null where the file could not be read.</summary>
    public required IReadOnlyDictionary<string, IReadOnlySet<LocalDate>?> Holidays { get; init; }

    /// <summary>The words for types of resources.</summary>
    public required KindNames Kinds { get; init; }

    public required PolicyOrigins Origins { get; init; }
}
