namespace ScaleFunctions.Adapters.Arm;

/// <summary>A request was about to go to a host that is not allowed; it did not.</summary>
internal sealed class RefusedAddressException(string message) : Exception(message);
