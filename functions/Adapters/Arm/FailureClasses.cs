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

    public static bool Knows(ArmError error) => ByCode.ContainsKey(error.Code) || OfNotAllowed(error) is not null;

    public static FailureClass Of(ArmError error) =>
        ByCode.TryGetValue(error.Code, out var known) ? known
        : OfNotAllowed(error) is { } meant ? meant
        : error.Status switch
        {
            401 or 403 => FailureClass.Forbidden,
            409 => FailureClass.Conflict,
            429 => FailureClass.Throttled,
            >= 400 and < 500 => FailureClass.Invalid,
            _ => FailureClass.Other,
        };

    // One code, many meanings: out of quota, not on this hardware, not with so many disks, or "not in this state". Only the
    // message tells them apart; what it says otherwise is left to the status.
    private static FailureClass? OfNotAllowed(ArmError error) =>
        !string.Equals(error.Code, NotAllowed, StringComparison.OrdinalIgnoreCase) ? null
        : Says(error, "hardware cluster") ? FailureClass.Capacity
        : Says(error, "maximum number of data disks") || Says(error, "resource disk") ? FailureClass.Invalid
        : Says(error, "quota") || Says(error, "limit") ? FailureClass.Quota
        : null;

    private static bool Says(ArmError error, string words) => error.Message.Contains(words, StringComparison.OrdinalIgnoreCase);
}
