namespace ScaleFunctions.Sandbox.Estates;

/// <summary>How the answer to a write names the operation it started.</summary>
public enum OperationForm
{
    /// <summary>200 with the resource and an <c>Azure-AsyncOperation</c> header.</summary>
    AsyncOperation,

    /// <summary>202 with a <c>Location</c> header.</summary>
    Location,
}
