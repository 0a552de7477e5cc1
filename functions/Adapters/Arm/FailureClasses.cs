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
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static bool Knows(ArmError error) => ByCode.ContainsKey(error.Code) || OfNotAllowed(error) is not null || HasNoRoom(error);

    public static FailureClass Of(ArmError error) =>
        HasNoRoom(error) ? FailureClass.Capacity
        : ByCode.TryGetValue(error.Code, out var known) ? known
        : OfNotAllowed(error) is { } meant ? meant
        : error.Status switch
        {
            401 or 403 => FailureClass.Forbidden,
            409 => FailureClass.Conflict,

            // App Service says so, too, while another operation on the same plan is under way.
            429 when string.Equals(error.Code, "Conflict", StringComparison.OrdinalIgnoreCase) => FailureClass.Conflict,
            429 => FailureClass.Throttled,
            >= 400 and < 500 => FailureClass.Invalid,
            _ => FailureClass.Other,
        };

    // The unit of App Service that a plan lives in is full for the moment; it comes with 409 or 429 and no code of its own.
    private static bool HasNoRoom(ArmError error) => NoRoom.Any(words => Says(error, words));

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
