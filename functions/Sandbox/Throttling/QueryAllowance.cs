namespace ScaleFunctions.Sandbox.Throttling;

/// <summary>So many units in so long a span.</summary>
public sealed record QueryAllowance(int Units, TimeSpan Span);
