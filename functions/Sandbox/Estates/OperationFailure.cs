namespace ScaleFunctions.Sandbox.Estates;

internal sealed record OperationFailure(string Code, string Message);
