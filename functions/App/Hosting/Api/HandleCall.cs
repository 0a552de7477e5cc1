namespace ScaleFunctions.App.Hosting.Api;

/// <summary>What a person wants of a handle.</summary>
internal sealed record HandleCall
{
    public string By { get; init; } = "";

    public string Reason { get; init; } = "";

    /// <summary>How long, in minutes; until undone when absent.</summary>
    public int? Minutes { get; init; }
}
