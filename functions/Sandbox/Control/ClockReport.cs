namespace ScaleFunctions.Sandbox.Control;

/// <summary>The simulated time, told or asked for.</summary>
internal sealed record ClockReport(DateTimeOffset Now);
