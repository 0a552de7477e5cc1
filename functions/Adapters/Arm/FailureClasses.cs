using System.Collections.Frozen;
using ScaleFunctions.Core.Actions;

namespace ScaleFunctions.Adapters.Arm;

/// <summary>Which errors are treated alike. A known code says more than the status: quota errors come as 409, too.</summary>
internal static class FailureClasses
{
    private const string NotAllowed = "OperationNotAllowed";

    private static readonly FrozenDictionary<string, FailureClass> ByCode = new Dictionary<string, FailureClass>
    {
        ["AllocationFailed"] = FailureClass.Capacity,
        ["ZonalAllocationFailed"] = FailureClass.Capacity,
        ["OverconstrainedAllocationRequest"] = FailureClass.Capacity,
        ["OverconstrainedZonalAllocationRequest"] = FailureClass.Capacity,
        ["SkuNotAvailable"] = FailureClass.Capacity,
        ["QuotaExceeded"] = FailureClass.Quota,
        ["AuthorizationFailed"] = FailureClass.Forbidden,
        ["LinkedAuthorizationFailed"] = FailureClass.Forbidden,
        ["ScopeLocked"] = FailureClass.Forbidden,
        ["RequestDisallowedByPolicy"] = FailureClass.Forbidden,
        ["AnotherOperationInProgress"] = FailureClass.Conflict,
        ["OperationPreempted"] = FailureClass.Conflict,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static bool Knows(ArmError error) => ByCode.ContainsKey(error.Code) || IsQuota(error);

    public static FailureClass Of(ArmError error) =>
        ByCode.TryGetValue(error.Code, out var known) ? known
        : IsQuota(error) ? FailureClass.Quota
        : error.Status switch
        {
            401 or 403 => FailureClass.Forbidden,
            409 => FailureClass.Conflict,
            429 => FailureClass.Throttled,
            >= 400 and < 500 => FailureClass.Invalid,
            _ => FailureClass.Other,
        };

    // One code, two meanings: out of quota, and "not for this size or state". Only the message tells them apart.
    private static bool IsQuota(ArmError error) =>
        string.Equals(error.Code, NotAllowed, StringComparison.OrdinalIgnoreCase)
        && (error.Message.Contains("quota", StringComparison.OrdinalIgnoreCase)
            || error.Message.Contains("limit", StringComparison.OrdinalIgnoreCase));
}
