namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>A declaration of Bicep: <c>param</c>, <c>var</c>, <c>resource</c>, <c>module</c> and so on.</summary>
internal sealed record BicepStatement
{
    /// <summary>Its first word.</summary>
    public required string Keyword { get; init; }

    /// <summary>The symbol.</summary>
    public required string Name { get; init; }

    /// <summary>What is between symbol and equals sign: a type, in quotes for resources; <c>existing</c> is part of it.</summary>
    public required string Type { get; init; }

    /// <summary>Offset of its decorators, or of its first word when there are none.</summary>
    public required int Start { get; init; }

    /// <summary>Offset of the equals sign; -1 without one.</summary>
    public required int Sign { get; init; }

    public required int ValueStart { get; init; }

    /// <summary>Offset after its last letter.</summary>
    public required int End { get; init; }

    /// <summary>Whether it has a value.</summary>
    public bool HasValue => Sign >= 0;

    public string Value(string text) => HasValue ? text[ValueStart..End] : "";
}
