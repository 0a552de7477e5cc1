namespace ScaleFunctions.App.Hosting.Api;

/// <summary>Asks for an evaluation now.</summary>
internal sealed record EvaluateCall
{
    /// <summary>Carry raises out. Lowerings are left to the tick, which makes them together.</summary>
    public bool Act { get; init; }

    /// <summary>Names or resource ids; all targets when empty.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];
}
