namespace ScaleFunctions.Sandbox.Requests;

/// <summary>How many requests of one method and kind arrived.</summary>
public sealed record RequestCount(string Method, RequestKind Kind, long Count);
