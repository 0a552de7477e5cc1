using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Plans;

/// <summary>Why a guard limited or blocked a change, as case and numbers.</summary>
public abstract record GuardReason
{
    private GuardReason()
    {
    }

    public sealed record KillSwitchSet(string By, string Why, DateTimeOffset? At) : GuardReason;

    public sealed record KillSwitchUnreadable : GuardReason;

    public sealed record Paused(string By, string Why, DateTimeOffset? Until) : GuardReason;

    /// <summary>A person has taken the last change of the direction back.</summary>
    public sealed record TakenBack(string By, string Why, bool OfRaises, DateTimeOffset Until) : GuardReason;

    /// <summary>Too many actions failed, and nobody has looked yet.</summary>
    public sealed record Quarantined(TargetQuarantine Of) : GuardReason;

    /// <summary>A change calendar holds changes back.</summary>
    public sealed record Frozen(DateTimeOffset Until, string By, string Why) : GuardReason;

    /// <summary>As many changes as a day may have were made.</summary>
    public sealed record ActionsUsedUp(int Made, int Allowed, bool OfLowerings, DateTimeOffset Until) : GuardReason;

    public sealed record ActionInFlight(long Epoch, int Goal) : GuardReason;

    /// <param name="Since">Since when it is known to run; absent when that is not known.</param>
    public sealed record ForeignOperation(DateTimeOffset? Since = null) : GuardReason;

    /// <summary>Metrics and the resource disagree about how many instances there are.</summary>
    public sealed record ImplausibleCapacity(int Capacity, double Reporting) : GuardReason;

    /// <summary>There were far more instances the last time, and nobody has looked twice yet.</summary>
    public sealed record UnconfirmedFall(int Known, int Capacity) : GuardReason;

    /// <summary>Somebody else sets the capacity, or nobody knows who does.</summary>
    public sealed record OwnedByOther(CapacityOwner Owner) : GuardReason;

    public sealed record InventoryIncomplete(string Why) : GuardReason;

    public sealed record TagsUnknown(string Why) : GuardReason;

    public sealed record CoolingDown(DateTimeOffset Until, bool AfterRaise) : GuardReason;

    /// <summary>At most so many instances may be reached within the period.</summary>
    public sealed record RateLimited(int Allowed, TimeSpan Per) : GuardReason;

    /// <summary>On fewer instances the signal would be above its scale-out threshold again.</summary>
    public sealed record WouldFlap(string Signal, int Instances, double Projected, double OutAbove) : GuardReason;

    /// <summary>Guardrails allow no more instances of this kind.</summary>
    public sealed record NotAllowed(string What, string By) : GuardReason;

    /// <summary>All resources of guardrails together have as many instances as they may.</summary>
    public sealed record FleetFull(int Maximum, int Left, string By) : GuardReason;

    /// <summary>All resources of guardrails together cost as much as they may.</summary>
    public sealed record SpendCapped(decimal Cap, decimal Left, string Currency, DateOnly PricesOf, PriceBasis Basis, string By) : GuardReason;

    /// <summary>A budget lets nothing be added.</summary>
    /// <param name="Budget">Name of the policy.</param>
    /// <param name="Step">Name of its step.</param>
    /// <param name="Instances">Instances it leaves: the minimum, or what a critical workload is forecast to need; absent for a size.</param>
    public sealed record BudgetFrozen(string Budget, string Step, int? Instances) : GuardReason;

    /// <summary>Nobody knows what an instance costs, so a cap on the spend says nothing.</summary>
    public sealed record NotPriced(string Sku, decimal Cap, string Currency, string By) : GuardReason;

    /// <summary>A lock keeps everybody from changing it.</summary>
    public sealed record Locked(ResourceLock By) : GuardReason;

    /// <summary>Azure lets the subscription have no more of it in the region.</summary>
    /// <param name="Quota">The quota with the least room.</param>
    /// <param name="Wanted">Cores that the change would add.</param>
    public sealed record QuotaReached(QuotaUsage Quota, long Wanted) : GuardReason;

    /// <summary>Azure gives the subscription no more machines of the size in the region.</summary>
    public sealed record SizeRestricted(string Sku, string Region, string Why) : GuardReason;

    /// <summary>Azure gives the subscription no more machines of the size in these zones of the region.</summary>
    public sealed record ZonesClosed(string Sku, string Region, IReadOnlyList<string> Zones) : GuardReason;

    /// <summary>The identity that writes has no role that allows it.</summary>
    public sealed record MayNotWrite(string Action) : GuardReason;

    /// <summary>It is not known that it could be taken back.</summary>
    public sealed record NotProven(string What) : GuardReason;

    /// <summary>Azure has refused it, and will again until somebody mends something.</summary>
    public sealed record Refused(string Code, string Message, int Times, DateTimeOffset Since, DateTimeOffset Until) : GuardReason;

    /// <summary>Azure has just had no more of the size here.</summary>
    public sealed record RunShort(SizeShortage Of) : GuardReason;

    public sealed record OutOfBounds(int Minimum, int Maximum) : GuardReason;

    /// <summary>Azure would refuse so few, or so many, instances.</summary>
    public sealed record PlatformRefuses(PlatformBound Bound, bool IsMost) : GuardReason;

    /// <summary>Somebody keeps so many instances from being taken away.</summary>
    public sealed record Protected(int Instances) : GuardReason;

    /// <summary>Whether instances are protected from scale-in could not be read.</summary>
    public sealed record ProtectionUnknown(string Why) : GuardReason;

    /// <summary>Azure's own autoscale is on, and no floor can be put under it.</summary>
    public sealed record CannotSteer(string Setting, string Why) : GuardReason;

    /// <summary>Whether Azure's own autoscale is on could not be read.</summary>
    public sealed record AutoscaleUnknown(string Why) : GuardReason;

    /// <summary>The policy wants Azure's own autoscale to be steered, and none is on.</summary>
    public sealed record NothingToSteer : GuardReason;

    /// <summary>The floor that was asked for holds; Azure's own autoscale has not followed yet.</summary>
    public sealed record FloorInForce(int Floor, string Setting) : GuardReason;

    /// <summary>No floor of ours is above what is wanted; taking instances away is for Azure's own autoscale.</summary>
    public sealed record LeftToAutoscale(int Floor, string Setting) : GuardReason;

    /// <summary>What is left of the change ends where no capacity is sold.</summary>
    public sealed record BetweenSteps(int Goal, IReadOnlyList<int> Steps) : GuardReason;

    /// <summary>A policy declares the kind of the resource, and no guardrails permit to act on it.</summary>
    public sealed record KindNotListed(string Kind) : GuardReason;

    /// <summary>What a size has, or that there is such a size, is not known.</summary>
    public sealed record SizeUnknown(string Size) : GuardReason;

    /// <summary>Sizes are changed in a window only, and this is not it.</summary>
    public sealed record OutsideWindow(string Window) : GuardReason;

    /// <summary>The size was changed not long ago.</summary>
    public sealed record SizeRests(string From, string To, DateTimeOffset Until) : GuardReason;

    /// <summary>The size did not do.</summary>
    public sealed record SizeQuarantined(SizeQuarantine Quarantine) : GuardReason;

    /// <summary>A size is being brought to the instances.</summary>
    public sealed record RollOutUnderWay(string Size) : GuardReason;

    /// <summary>The size lacks something the resource has need of, or is not offered where it is.</summary>
    public sealed record SizeUnfit(string Size, string Why) : GuardReason;

    /// <summary>What the resource needs of a size could not be read.</summary>
    public sealed record SizeUnread(string Why) : GuardReason;

    /// <summary>The size that would be given up could not be had again.</summary>
    public sealed record NoWayBack(string Size, string Why) : GuardReason;

    /// <summary>The only instance would be restarted.</summary>
    public sealed record Interrupts : GuardReason;

    /// <summary>Nothing tells whether the instances are well, before or after.</summary>
    public sealed record NoHealthSignal : GuardReason;

    /// <summary>Instances have to come before the size changes.</summary>
    public sealed record StrengthMissing(int Needed, int There) : GuardReason;

    /// <summary>The policy names no metric that would tell that a size does not do.</summary>
    public sealed record NoGuardMetric : GuardReason;

    /// <summary>The metrics of the guard are beyond their bounds, or cannot be read.</summary>
    public sealed record GuardMetricNotFine(string Why) : GuardReason;

    /// <summary>The last change has yet to be seen in the busiest hour.</summary>
    public sealed record PeakNotSeen(AwaitedPeak Peak) : GuardReason;

    /// <summary>Azure's own autoscale sets the count, which a write of the size would overwrite.</summary>
    public sealed record AutoscaleIsOn(string Setting) : GuardReason;

    /// <summary>The policy only recommends.</summary>
    public sealed record RecommendOnly : GuardReason;

    public sealed record ObserveOnly(bool IsInstallation) : GuardReason;
}
