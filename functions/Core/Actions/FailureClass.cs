namespace ScaleFunctions.Core.Actions;

/// <summary>Why Azure refused or failed an operation, in the classes that are treated alike.</summary>
public enum FailureClass
{
    /// <summary>An answer we do not know.</summary>
    Other,

    /// <summary>No hardware for this size here and now (AllocationFailed, SkuNotAvailable, …).</summary>
    Capacity,

    /// <summary>A quota or limit of the subscription (QuotaExceeded, OperationNotAllowed).</summary>
    Quota,

    /// <summary>A role, lock or policy forbids it (AuthorizationFailed, ScopeLocked, …).</summary>
    Forbidden,

    /// <summary>Another operation is running on the resource (409).</summary>
    Conflict,

    /// <summary>Too many requests (429).</summary>
    Throttled,

    /// <summary>The request itself is wrong (other 4xx).</summary>
    Invalid,
}
