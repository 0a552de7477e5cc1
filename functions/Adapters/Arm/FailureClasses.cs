using System.Collections.Frozen;
using ScaleFunctions.Core.Actions;

namespace ScaleFunctions.Adapters.Arm;

/// <summary>Which errors are treated alike. A known code says more than the status: quota errors come as 409, too.</summary>
internal static class FailureClasses
{
    private static readonly string[] NoRoom = ["Not enough available reserved instance servers", "No available instances to satisfy this request"];

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

        // App Service answers it with 409, and with 429 while another operation is under way.
        ["Conflict"] = FailureClass.Conflict,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static bool Knows(ArmError error) => ByCode.ContainsKey(error.Code) || IsQuota(error) || HasNoRoom(error);

    public static FailureClass Of(ArmError error) =>
        HasNoRoom(error) ? FailureClass.Capacity
        : ByCode.TryGetValue(error.Code, out var known) ? known
        : IsQuota(error) ? FailureClass.Quota
        : error.Status switch
        {
            401 or 403 => FailureClass.Forbidden,
            409 => FailureClass.Conflict,
            429 => FailureClass.Throttled,
            >= 400 and < 500 => FailureClass.Invalid,
            _ => FailureClass.Other,
        };

    // The unit of App Service that a plan lives in is full for the moment; it comes with 409 or 429 and no code of its own.
    private static bool HasNoRoom(ArmError error) => NoRoom.Any(text => error.Message.Contains(text, StringComparison.OrdinalIgnoreCase));

    // One code, two meanings: out of quota, and "not for this size or state". Only the message tells them apart.
    private static bool IsQuota(ArmError error) =>
        string.Equals(error.Code, NotAllowed, StringComparison.OrdinalIgnoreCase)
        && (error.Message.Contains("quota", StringComparison.OrdinalIgnoreCase)
            || error.Message.Contains("limit", StringComparison.OrdinalIgnoreCase));
}
