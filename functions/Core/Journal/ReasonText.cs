using System.Globalization;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Checks;
using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Forecasts.Schedules;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Core.Journal;

/// <summary>Makes sentences of reasons, for the journal and the faces.</summary>
public static class ReasonText
{
    public static string Of(ScalingReason reason) => reason switch
    {
        ScalingReason.FollowsLoad r =>
            $"{r.Signal} {Number(r.Value)} against a target of {Number(r.Target)}: the load fits {Instances(r.Desired)}, there are {r.Current}",
        ScalingReason.Saturated r =>
            $"all {Instances(r.Current)} report {r.Signal} {Number(r.Value)}, and from {Number(r.SaturatedAt)} it hides how much is wanted; a jump to {r.Desired}",
        ScalingReason.SteppedOut r => $"{r.Signal} {Number(r.Value)} over all instances is above {Number(r.Above)}: {r.Change} more",
        ScalingReason.SteppedIn r => $"{r.Signal} {Number(r.Value)} over all instances is below {Number(r.Below)}: {r.Change} fewer",
        ScalingReason.BetweenSteps r => $"{r.Signal} {Number(r.Value)} over all instances is where no step applies",
        ScalingReason.Vetoed r => $"{r.Signal} {Number(r.Value)} is above {Number(r.Above)}, which forbids scaling in",
        ScalingReason.WithinTolerance r => $"{r.Signal} {Number(r.Value)} is close enough to its target of {Number(r.Target)}",
        ScalingReason.FitsNewCount r => r.Reporting < r.Current
            ? $"{r.Signal} {Number(r.Value)} against a target of {Number(r.Target)}, but only {Number(r.Reporting)} of {Instances(r.Current)} report yet; with all of them the load fits"
            : $"{r.Signal} {Number(r.Value)} against a target of {Number(r.Target)}, but that was on {Number(r.Reporting)}; it fits {Instances(r.Current)}",
        ScalingReason.Fits r => $"{r.Signal} {Number(r.Value)} is below its target of {Number(r.Target)}, but one instance fewer would be above it",
        ScalingReason.Surviving r => $"{Of(r.Wish)}, so that {(r.Loss == LossToSurvive.Instance ? "an instance" : $"one of {r.Loss.Parts} zones")} may be lost",
        ScalingReason.InDoubt r => $"{r.Signal} proves nothing: {r.Doubt}",
        ScalingReason.RaisedWhenBlind r => $"{r.Signal} proves nothing ({r.Doubt}), and the policy wants {r.WhenBlind} instances in that case",
        ScalingReason.FellBack r =>
            $"{r.Signal} has proved nothing since {r.Since:HH:mm} ({r.Doubt}), and its policy wants {Instances(r.Instances)} in that case",
        ScalingReason.Predicted r =>
            $"predicted: {Instances(r.Instances)} {Will(r.Step, r.Quantile, r.Model)}, {r.Instances - r.Wanted} more than are wanted now ({Of(r.Wish)})",
        ScalingReason.KeptForForecast r =>
            $"{Instances(r.Wanted)} would do now, but predicted: {r.Instances} {Will(r.Step, r.Quantile, r.Model)}, before one given back now could serve again",
        ScalingReason.BelowMinimum r => $"{Instances(r.Current)} is below the minimum of {r.Minimum}",
        ScalingReason.BelowFloor r => $"{Instances(r.Current)} is below the floor of {Floor(r.Floor, r.Until, r.Why)}",
        ScalingReason.OnFloor r => $"{Of(r.Wish)}; the floor is {Floor(r.Floor, r.Until, r.Why)}",
        ScalingReason.AboveMaximum r => $"{Instances(r.Current)} is above the maximum of {r.Maximum}",
        ScalingReason.Bounded r => r.Wanted > r.Bound
            ? $"{Of(r.Wish)}; the maximum is {r.Bound}"
            : $"{Of(r.Wish)}; the minimum is {r.Bound}",
        ScalingReason.UnderBudget { Wish: ScalingReason.FollowsSchedule wish } r =>
            $"the budget {r.Budget} leaves it {(wish.Minimum == 0 ? "no instances" : Instances(wish.Minimum))} while its step {r.Step} holds{(wish.Current == wish.Minimum ? "" : $", there are {wish.Current}")}",
        ScalingReason.UnderBudget r => $"{Of(r.Wish)}, lowered by the step {r.Step} of the budget {r.Budget}",
        ScalingReason.Stepped r => $"{Of(r.Wish)}; the next that is sold is {r.Step}",
        ScalingReason.StabilizingIn r => $"{Instances(r.Wanted)} would do now, but {r.Highest} {(r.Highest == 1 ? "was" : "were")} wanted within the last {Span(r.Window)}",
        ScalingReason.StabilizingOut r => $"{Instances(r.Wanted)} are wanted now, but {r.Lowest} would have done within the last {Span(r.Window)}",
        ScalingReason.FollowsSchedule r =>
            $"the schedule wants {(r.Floor is { } floor ? Floor(r.Minimum, floor.Until, floor.Reason) : Instances(r.Minimum))}{(r.Current == r.Minimum ? "" : $", there are {r.Current}")}",
        ScalingReason.OffHours r =>
            r.IsIdle ? $"found idle, and the notice to its owner ran out {ClockText.Of(r.Since)}: {(r.Instances == 0 ? "it is stopped, and comes back when somebody starts it" : $"{Instances(r.Instances)} in place of {r.Current}")}" :
            $"off-hours since {ClockText.Of(r.Since)}{(r.Until is { } until ? $", back by {ClockText.Of(until)}" : "")}: {(r.Instances == 0 ? "it is stopped" : $"{Instances(r.Instances)} in place of {r.Current}")}",
        ScalingReason.Rightsized r => $"rightsizing, finding {r.Finding}: {Instances(r.Desired)} would do in place of {r.Current}; {r.Why}",
        ScalingReason.TakenBack r => $"action {r.Epoch} ({r.From} → {Instances(r.Goal)}) taken back by {r.By}: {r.Why}",
        ScalingReason.BoundsOnly => "no load-based policy applies; only the bounds count",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    public static string Of(GuardReason reason) => reason switch
    {
        GuardReason.KillSwitchSet r => $"the kill switch is set by {r.By}: {r.Why}",
        GuardReason.KillSwitchUnreadable => "the kill switch cannot be read, which counts as set",
        GuardReason.Paused r => $"paused by {r.By} {Until(r.Until)}: {r.Why}",
        GuardReason.TakenBack r =>
            $"{r.By} took the last one back ({r.Why}); scaling {(r.OfRaises ? "out" : "in")} by itself rests until {r.Until:yyyy-MM-dd HH:mm}, or until it is resumed",
        GuardReason.Quarantined r =>
            $"in quarantine since {r.Of.Since:yyyy-MM-dd HH:mm}, after {r.Of.Actions.Count} failed actions within a day (last: number {(r.Of.Actions is [.., var last] ? last : 0)}, {r.Of.Why}); it ends when somebody resumes the target",
        GuardReason.Frozen r => $"held until {r.Until:yyyy-MM-dd HH:mm zzz} by the change calendar {r.By}: {r.Why}",
        GuardReason.ActionsUsedUp r => r.OfLowerings
            ? $"{r.Made} of at most {r.Allowed} lowerings a day were made; the rest of the day's changes is kept for raising, until {r.Until:HH:mm}"
            : $"{r.Made} of at most {r.Allowed} changes a day were made, until {r.Until:HH:mm}",
        GuardReason.ActionInFlight r => $"action {r.Epoch} to {Instances(r.Goal)} is still under way",
        GuardReason.ForeignOperation r =>
            $"an operation on the resource is running{(r.Since is { } since ? $", since {since:HH:mm} at the latest" : "")}; it is waited for, not pre-empted",
        GuardReason.ImplausibleCapacity r =>
            $"Azure says {Instances(r.Capacity)}, but {Number(r.Reporting)} report metrics; nothing is written until they agree",
        GuardReason.UnconfirmedFall r =>
            $"Azure says {Instances(r.Capacity)} where there were {Number(r.Known)}, and it was not us; nothing is written until a second look, a minute later, agrees",
        GuardReason.OwnedByOther r => $"left alone: {r.Owner.Why}",
        GuardReason.InventoryIncomplete r => $"the inventory is incomplete ({r.Why}), so nothing is lowered",
        GuardReason.TagsUnknown r => $"the tags could not be read ({r.Why}), so nothing is lowered",
        GuardReason.CoolingDown r => $"cooling down until {r.Until:HH:mm} after scaling {(r.AfterRaise ? "out" : "in")}",
        GuardReason.RateLimited r => $"at most {Instances(r.Allowed)} in {Span(r.Per)}",
        GuardReason.WouldFlap r =>
            $"on {Instances(r.Instances)} {r.Signal} would be {Number(r.Projected)} and scale out again above {Number(r.OutAbove)}",
        GuardReason.NotAllowed r => $"the guardrails {r.By} allow no instances {r.What} to be added",
        GuardReason.FleetFull r => $"the guardrails {r.By} allow {r.Maximum} instances in all their workloads together; {More(r.Left)}",
        GuardReason.BudgetFrozen r => $"the budget {r.Budget} freezes scaling {(r.Instances is { } left ? $"out, step {r.Step}, beyond {Instances(left)}" : $"up, step {r.Step}")}",
        GuardReason.SpendCapped r =>
            $"the guardrails {r.By} allow {Amount(r.Cap)} {r.Currency} an hour in all their workloads together; {Amount(r.Left)} more may be spent here now, at {(r.Basis == PriceBasis.Retail ? "Azure's retail " : "")}prices of {r.PricesOf:yyyy-MM-dd}",
        GuardReason.NotPriced r =>
            $"no price of {r.Sku} is known, so the cap of {Amount(r.Cap)} {r.Currency} an hour of the guardrails {r.By} was not judged",
        GuardReason.Locked r => $"the lock {r.By.Name} on {r.By.Place} keeps everybody from changing it",
        GuardReason.QuotaReached r => $"quota: {r.Quota.Name} has {r.Quota.Used} of {r.Quota.Limit} cores in use, and {r.Wanted} more would be needed",
        GuardReason.SizeRestricted r => $"Azure gives this subscription no {r.Sku} in {r.Region}: {r.Why}",
        GuardReason.ZonesClosed r => $"Azure gives this subscription no {r.Sku} in zone {string.Join(", ", r.Zones)} of {r.Region}",
        GuardReason.NotProven r => $"it is stopped only where it is known that it can be started again, and {r.What} could not be read",
        GuardReason.MayNotWrite r => $"the identity that writes has no role that allows {r.Action} here",
        GuardReason.Refused r =>
            $"Azure refused it, with {Times(r.Times)} since {r.Since:yyyy-MM-dd HH:mm} ({r.Code}: {r.Message}); it is tried again at {r.Until:HH:mm}, or when policies, tags or rights change",
        GuardReason.RunShort r =>
            $"{(r.Of.IsQuota ? "the subscription may have no more" : "Azure has no room for more")} {r.Of.Sku} in {r.Of.Region} ({r.Of.Code}, {Times(r.Of.Times)} since {r.Of.Since:HH:mm}); it is tried again at {r.Of.Until:HH:mm}",
        GuardReason.OutOfBounds r => $"outside {r.Minimum} to {r.Maximum} instances",
        GuardReason.PlatformRefuses r => $"Azure allows at {(r.IsMost ? "most" : "least")} {Instances(r.Bound.Instances)} of {r.Bound.Of}",
        GuardReason.Protected r => $"protected from scale-in: {Instances(r.Instances)}",
        GuardReason.ProtectionUnknown r => $"whether instances are protected from scale-in could not be read ({r.Why})",
        GuardReason.CannotSteer r => $"the autoscale setting {r.Setting} is on and cannot be steered: {r.Why}",
        GuardReason.AutoscaleUnknown r => $"whether Azure's own autoscale is on could not be read ({r.Why})",
        GuardReason.NothingToSteer => "the workload is to be steered, and no autoscale setting is on for this resource",
        GuardReason.FloorInForce r => $"the floor in the autoscale setting {r.Setting} is {r.Floor}; Azure has not followed yet",
        GuardReason.LeftToAutoscale r => $"the floor in the autoscale setting {r.Setting} is {r.Floor}; scaling in is left to its rules",
        GuardReason.BetweenSteps r => $"{r.Goal} is not sold; there are {string.Join(", ", r.Steps)}",
        GuardReason.KindNotListed r =>
            $"only recommended: the kind {r.Kind} is declared by a policy, and no guardrails list it in 'resourceKinds', which acting on it needs",
        GuardReason.SizeUnknown r => $"what {r.Size} has is not known: Azure lists no such size here, or its list could not be read",
        GuardReason.OutsideWindow r => $"sizes are changed only {r.Window}",
        GuardReason.SizeRests r => $"the size was changed from {r.From} to {r.To} lately; it rests until {Until(r.Until)[6..]}",
        GuardReason.SizeQuarantined r => $"{r.Quarantine.Size} is not tried again {Until(r.Quarantine.Until)}: {r.Quarantine.Why}",
        GuardReason.RollOutUnderWay r => $"{r.Size} is being brought to the instances",
        GuardReason.SizeUnfit r => $"{r.Size} does not fit: {r.Why}",
        GuardReason.SizeUnread r => $"what the resource needs of a size could not be read ({r.Why})",
        GuardReason.NoWayBack r => $"there would be no way back to {r.Size}: {r.Why}",
        GuardReason.Interrupts => "its only instance would be restarted, and the policy does not say 'onlyInstance: mayRestart'",
        GuardReason.NoHealthSignal =>
            "only recommended: nothing tells whether its instances are well (a health extension, a health probe; of an App Service plan the policy's 'guard'), so a bad size could not be taken back",
        GuardReason.StrengthMissing r => $"{Instances(r.Needed)} are to run before it, so that there is never less than the load was given; {r.There} do",
        GuardReason.NoGuardMetric =>
            "only recommended: the policy has no 'guard', so nothing would tell that requests became slow or fail by it",
        GuardReason.GuardMetricNotFine r => $"nothing is made smaller while the guard is not fine: {r.Why}",
        GuardReason.PeakNotSeen r => $"{r.Peak.Size} has yet to be seen in the busiest hour, which ends {r.Peak.Until:yyyy-MM-dd HH:mm}{(r.Peak.Doubt.Length == 0 ? "" : $" ({r.Peak.Doubt})")}",
        GuardReason.AutoscaleIsOn r => $"only recommended: the autoscale setting {r.Setting} sets the count, which a write of the size would overwrite",
        GuardReason.RecommendOnly => "only recommended: the policy has 'mode: recommend'",
        GuardReason.ObserveOnly r => r.IsInstallation ? "this installation only observes" : "the workload is in observe mode",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    public static string Of(IntentEnd end) => end switch
    {
        IntentEnd.Done => "done: Azure has the goal",
        IntentEnd.NotSent e => $"not sent: {e.Why}",
        IntentEnd.Rejected e => $"refused by Azure ({e.Class}, {e.Code}): {e.Message}",
        IntentEnd.Stale => "refused by Azure: the resource had changed since it was read",
        IntentEnd.NotLanded => "sent without an answer; the resource shows that it never arrived",
        IntentEnd.Unanswered => "sent without an answer; the roll-out looks at the instances",
        IntentEnd.Failed e => $"failed in Azure ({e.Class}, {e.Code}) at a capacity of {e.Capacity}: {e.Message}",
        IntentEnd.Overtaken e => $"overtaken: somebody else has changed the resource since, its capacity is {e.Capacity}",
        IntentEnd.TimedOut e => $"no end after {Span(e.After)}; please look at the resource's operations",
        IntentEnd.Gone => "the resource does not exist any more",
        _ => throw new ArgumentOutOfRangeException(nameof(end)),
    };

    public static string Of(CheckEnd end) => end switch
    {
        CheckEnd.Arrived e => $"{Instances(e.Ready)} serve, {Span(e.After)} after the operation",
        CheckEnd.Incomplete e => $"only {e.Ready} of {e.Total} instances serve at the deadline{(e.Failed > 0 ? $"; {e.Failed} could not be provisioned" : "")}",
        CheckEnd.Unverified e => $"the instances could not be counted: {e.Why}",
        CheckEnd.Superseded e => $"superseded by action {e.ByEpoch}",
        _ => throw new ArgumentOutOfRangeException(nameof(end)),
    };

    public static string Of(PeakEnd end) => end switch
    {
        PeakEnd.Well e => $"{e.Size}: the guard stayed within its bounds in the busiest hour",
        PeakEnd.Overtaken e => $"somebody else gave the resource {e.Size} before the busiest hour was seen",
        PeakEnd.Stuck e => $"{e.Size} cannot be brought to an end by itself, please look: {e.Why}",
        PeakEnd.Untold e => $"{e.Size} could not be judged in the busiest hour of {e.Days} days, please look: {e.Why}",
        _ => throw new ArgumentOutOfRangeException(nameof(end)),
    };

    public static string Of(RollOutEnd end) => end switch
    {
        RollOutEnd.Well e => $"{e.Size}: {Instances(e.Instances)} {(e.Instances == 1 ? "has" : "have")} it and stayed well",
        RollOutEnd.Unverified e => $"{e.Size}: Azure says that the resource has it and is ready; not verified by health, which nothing tells. It is kept: a guard that is broken after a bigger size proves nothing against it",
        RollOutEnd.Undone e => $"{e.From} was taken back ({e.Why}); the instances have {e.To} again, and are no worse than before",
        RollOutEnd.NeverTaken e => $"no instance was given {e.Size}; the resource says the old size again",
        RollOutEnd.Overtaken e => $"somebody else gave the resource {e.Size}",
        RollOutEnd.Stuck e => $"{e.Size} cannot be brought to an end by itself, please look: {e.Why}",
        _ => throw new ArgumentOutOfRangeException(nameof(end)),
    };

    public static string Of(ScalingCounterfactual counterfactual) => counterfactual.InBelow > 0
        ? $"scales out above {counterfactual.Signal} {Number(counterfactual.OutAbove)}, in below {Number(counterfactual.InBelow)}, now {Number(counterfactual.Now)}"
        : $"scales out above {counterfactual.Signal} {Number(counterfactual.OutAbove)}, now {Number(counterfactual.Now)}";

    internal static string Times(int refusals) => refusals == 1 ? "1 refusal" : $"{refusals} refusals";

    private static string Will(PredictedStep step, double quantile, string model) =>
        $"will be needed at {step.At:HH:mm} (a load of {Number(step.Mean)} is forecast, below {Number(step.Upper)} in {Number(100 * quantile)} of 100 cases, by {model})";

    private static string Floor(int floor, DateTimeOffset until, string why) =>
        $"{floor} until {until:yyyy-MM-dd HH:mm zzz}{(why.Length > 0 ? $" ({why})" : "")}";

    private static string Instances(int count) => count == 1 ? "1 instance" : $"{count} instances";

    private static string More(int left) => left == 0 ? "no more may be added here now" : $"{left} more may be added here now";

    private static string Amount(decimal amount) => amount.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString(Math.Abs(value) < 1000 ? "0.#" : "0");

    private static string Until(DateTimeOffset? until) => until is { } time ? $"until {time:yyyy-MM-dd HH:mm}" : "until resumed";

    private static string Span(TimeSpan span) => span.TotalMinutes < 2
        ? $"{span.TotalSeconds:0} s"
        : span.TotalHours < 3 ? $"{span.TotalMinutes:0} min" : $"{span.TotalHours:0.#} h";
}
