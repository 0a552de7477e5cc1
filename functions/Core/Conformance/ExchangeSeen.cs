namespace ScaleFunctions.Core.Conformance;

/// <summary>A request and its answer, as far as two Azures can be compared by them.</summary>
public sealed record ExchangeSeen
{
    /// <summary>What was done, for people: <c>scale out by one</c>.</summary>
    public required string Step { get; init; }

    public required int Status { get; init; }

    /// <summary>Code of the error; empty when it was none.</summary>
    public string ErrorCode { get; init; } = "";

    /// <summary>Names of the headers that matter and were there, in Azure's spelling.</summary>
    public required IReadOnlyCollection<string> Headers { get; init; }

    /// <summary>Members of the body as <c>path: kind</c>, all items of a list as one.</summary>
    public required IReadOnlyCollection<string> Shape { get; init; }

    /// <summary>What it told of the resource, by name: <c>capacity: one more</c>.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>();
}
