namespace ScaleFunctions.Adapters.Throttling;

/// <summary>A request was not sent: Azure, or what is left of its limits, would have it wait too long. Nothing left the house.</summary>
internal sealed class RequestDeferredException(string message) : Exception(message);
