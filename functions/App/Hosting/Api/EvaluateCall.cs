namespace ScaleFunctions.App.Hosting.Api;

/// <summary>Asks for an evaluation now.</summary>
/// <param name="Act">Carry raises out. Lowerings are left to the tick, which makes them together.</param>
/// <param name="Targets">Names or resource ids; all targets when absent or empty.</param>
internal sealed record EvaluateCall(bool Act = false, IReadOnlyList<string>? Targets = null);
