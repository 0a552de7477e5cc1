namespace ScaleFunctions.Sandbox.Faults;

/// <summary>Cuts the connection after the request was handled, without an answer: a write has landed.</summary>
public sealed record DropAfterLanding : FaultEffect;
