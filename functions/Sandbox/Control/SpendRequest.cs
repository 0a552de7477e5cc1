namespace ScaleFunctions.Sandbox.Control;

/// <summary>A wait to charge to simulated time.</summary>
internal sealed record SpendRequest(TimeSpan Wait);
