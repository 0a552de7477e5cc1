namespace ScaleFunctions.Sandbox.Faults;

/// <summary>Answers 429 with this Retry-After, in seconds; the request is not handled.</summary>
public sealed record Throttle(int RetryAfterSeconds = 17) : FaultEffect;
