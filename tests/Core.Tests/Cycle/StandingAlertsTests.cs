using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Notifications;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Cycle;

public sealed class StandingAlertsTests
{
    private static readonly AlertChannel Ops = new("actionGroup", ""), Shop = new("slack", "ALERT_SHOP");

    private static readonly PolicySet Policies = Some.Policies() with
    {
        AlertChannels =
        [
            new AlertChannelsPolicy
            {
                Name = "alerts",
                Channels = new Dictionary<string, AlertChannel> { ["ops"] = Ops, ["shop"] = Shop },
                Default = ["ops"],
                Owners = new Dictionary<string, IReadOnlyList<string>> { ["team-shop"] = ["shop"] },
                Source = Some.Source,
            },
        ],
        Workloads = [.. Some.Policies().Workloads.Select(workload => workload with { Owner = "team-shop" })],
        CostMonitoring = [new CostMonitoringPolicy { Name = "spend", Owner = "team-shop", Source = Some.Source }],
    };

    [Fact]
    public void Each_trouble_of_a_target_is_told_to_the_owner_of_its_workload()
    {
        var row = Row() with
        {
            Quarantine = new TargetQuarantine(Some.At(0), "refused") { Actions = [1, 2, 3, 4, 5] },
            Foreign = new ForeignOperation(Some.At(-60)) { ToldAt = Some.At(0) },
            Off = new OffMemory(Some.At(-600), 4, "Standard_D2s_v5", 0, Some.At(-600)) { IsLowered = true, DownAt = Some.At(-500), ReadyAt = Some.At(-10), IsLateTold = true },
        };

        var alerts = Of([row], new FleetRow());

        Assert.Equal(3, alerts.Count);
        Assert.All(alerts, held => Assert.Equal(("team-shop", Shop, row.Target.Value), (held.Alert.Owner, Assert.Single(held.Channels), held.Alert.About)));
        Assert.Contains(alerts, held => held.Alert.What.StartsWith("web is in quarantine", StringComparison.Ordinal) && held.Alert.Undo == "sf resume web --reason …" && held.Alert.Urgency == AlertUrgency.Critical);
        Assert.Contains(alerts, held => held.Alert.What.StartsWith("an operation that is not ours runs on web", StringComparison.Ordinal));
        Assert.Contains(alerts, held => held.Alert.What.StartsWith("web is not back in time: 4 of Standard_D2s_v5 were to be ready by ", StringComparison.Ordinal) && held.Alert.Undo.StartsWith("sf snooze web", StringComparison.Ordinal));
        Assert.All(alerts, held => Assert.Equal($"sf alerts snooze \"{row.Target.Value}\" --for 24h --reason …", held.Alert.Snooze));
        Assert.Equal(alerts.Select(held => held.Alert.Fact), Of([row], new FleetRow(), minute: 5).Select(held => held.Alert.Fact));
    }

    /// <summary>A rollout that waits for what does not come must not wait unseen.</summary>
    [Fact]
    public void A_rollout_that_does_not_come_out_of_its_ring_is_told_with_what_is_not_met()
    {
        var rings = new PolicyRings([new PolicyRing("canary", null, 0.1, TimeSpan.FromHours(4))], new RingCriteria { MinimumActions = 3 }, Some.Source);
        var fleet = new FleetRow().BeginRollout(new string('b', 64), new string('a', 64), rings, Some.At(0), "policies");

        Assert.Empty(Of([], fleet, minute: 9 * 60));

        var alert = Assert.Single(Of([], fleet, minute: (9 * 60) + 1)).Alert;
        Assert.Equal((AlertUrgency.Warning, "policy set bbbbbbbbbbbb does not come out of the ring 'canary'"), (alert.Urgency, alert.What));
        Assert.Contains("minimumActions 0, at least 3 asked", alert.Why, StringComparison.Ordinal);
        Assert.Empty(Of([], fleet.PromoteRollout(isToAll: true, "ann", "why", Some.At(1)), minute: (9 * 60) + 1));
    }

    /// <summary>What is gone or was changed outside counts by silence; people who are asked must know which way silence goes.</summary>
    [Theory]
    [InlineData(ApprovalKind.Policies, "it counts as so")]
    [InlineData(ApprovalKind.Inventory, "it counts as so")]
    [InlineData(ApprovalKind.Lowerings, "it is not done")]
    [InlineData(ApprovalKind.LoweringWindow, "it is not done")]
    [InlineData(ApprovalKind.BudgetStep, "it is not done")]
    public void What_silence_means_is_told_of_each_request(ApprovalKind kind, string told)
    {
        var request = ApprovalTransitions.Request(kind, "something", "tool", Some.At(0));

        Assert.Contains(told, Assert.Single(Of([], new FleetRow().Ask(request), minute: 1)).Alert.Why, StringComparison.Ordinal);
        Assert.Contains(told, Assert.Single(new FleetRow().Ask(request).Journal.Outbox).Text, StringComparison.Ordinal);
        Assert.Equal(told == "it is not done", request.WhyNot("ann", isApproval: true, isBreakGlass: false, Some.At(600))!.Contains("which means no", StringComparison.Ordinal));
    }

    [Fact]
    public void Many_targets_with_the_same_trouble_are_one_alert_a_day()
    {
        var rows = Enumerable.Range(0, 8).Select(number => Row($"web{number}") with { Quarantine = new TargetQuarantine(Some.At(number), "refused") }).ToList();

        var alert = Assert.Single(Of(rows, new FleetRow())).Alert;

        Assert.Equal("8 targets are in quarantine", alert.What);
        Assert.StartsWith("web0, web1, web2, web3, web4 and 3 more", alert.Why, StringComparison.Ordinal);
        Assert.Equal(alert.Fact, Assert.Single(Of([.. rows, Row("web9") with { Quarantine = new TargetQuarantine(Some.At(9), "refused") }], new FleetRow(), minute: 10)).Alert.Fact);
    }

    /// <summary>The step is over by the clock; whether its instances are back is another question.</summary>
    [Fact]
    public void What_a_budget_took_and_is_not_back_is_told_and_told_again_when_it_is_given_up()
    {
        var row = Row() with
        {
            LastKnownCapacity = 2,
            Budget = new BudgetStand("team", "stop", 6, Some.At(-600), RestoresSince: Some.At(0)),
        };

        Assert.Empty(Of([row], new FleetRow(), minute: 29));
        var late = Assert.Single(Of([row], new FleetRow(), minute: 30)).Alert;
        Assert.Equal((AlertUrgency.Critical, "team-shop"), (late.Urgency, late.Owner));
        Assert.Equal("web is not back after the step stop of the budget team: there are 2 of 6 instances. It is tried until 2026-03-03 12:00 UTC; please look", late.What);
        Assert.Equal(late.Fact, Assert.Single(Of([row], new FleetRow(), minute: 1_439)).Alert.Fact);

        var givenUp = Assert.Single(Of([row with { Budget = row.Budget! with { GivenUpAt = Some.At(1_440) } }], new FleetRow(), minute: 1_440)).Alert;
        Assert.NotEqual(late.Fact, givenUp.Fact);
        Assert.Equal(AlertUrgency.Critical, givenUp.Urgency);
        Assert.Equal("web did not come back after the step stop of the budget team: there are 2 of 6 instances, and it is not tried any more; a person has to look", givenUp.What);
        Assert.Empty(Of([row with { LastKnownCapacity = 6 }], new FleetRow(), minute: 30));
    }

    [Fact]
    public void A_cap_that_holds_targets_for_a_quarter_of_an_hour_is_told_once_a_day()
    {
        var row = Row() with { Spans = [Span("held/FleetGuard/FleetFull", from: -14)] };

        Assert.Empty(Of([row], new FleetRow()));
        var held = Assert.Single(Of([row], new FleetRow(), minute: 1));
        Assert.Equal(("web gets no more instances: a cap of the fleet is reached", Ops), (held.Alert.What, Assert.Single(held.Channels)));
        Assert.Empty(Of([Row() with { Spans = [Span("held/FleetGuard/FleetFull", from: -60), Span("hold/OnTarget", from: -1)] }], new FleetRow()));
    }

    [Fact]
    public void What_concerns_all_is_told_by_the_default_and_an_anomaly_to_its_owner_with_its_money()
    {
        var asked = ApprovalTransitions.Request(ApprovalKind.Lowerings, "3 targets would be lowered", "worker", Some.At(0));
        var fleet = new FleetRow
        {
            Approvals = [asked, asked with { Id = "answered", Answer = new ApprovalAnswer(true, "bob", "", Some.At(0), IsBreakGlass: false) }],
            PoisonedMessages = 2,
            KillSwitch = new KillSwitch(true, "ann", "drill", Some.At(0)),
            PolicyTrouble = new PolicyTrouble("cannot be read", "v1", Some.At(0)),
            SpendAnomalies = [new SpendAnomaly("spend/all", Some.At(0), 12, 4, 5.2m, "EUR", [])],
        };

        var alerts = Of([], fleet);

        Assert.Equal(5, alerts.Count);
        Assert.Equal(5, alerts.Select(held => held.Alert.Fact).Distinct().Count());
        var anomaly = Assert.Single(alerts, held => held.Channels.Contains(Shop)).Alert;
        Assert.Equal(new AlertMoney(8, "EUR", "more an hour than at this hour of other days, counted from instances and prices", Some.At(0)), anomaly.Money);
        Assert.Contains(alerts, held => held.Alert.Why.EndsWith($"Say yes: sf approvals approve {asked.Id}", StringComparison.Ordinal) && held.Alert.Undo.StartsWith($"sf approvals deny {asked.Id}", StringComparison.Ordinal));
        Assert.Empty(StandingAlerts.Of(Policies with { AlertChannels = [] }, [], fleet, Some.At(0), Options));
    }

    private static CycleOptions Options => new() { Worker = "worker", ModeCeiling = PolicyMode.Act };

    private static IReadOnlyList<HeldAlert> Of(IReadOnlyList<TargetRow> rows, FleetRow fleet, int minute = 0) => StandingAlerts.Of(Policies, rows, fleet, Some.At(minute), Options);

    private static TargetRow Row(string name = "web") => new()
    {
        Target = Some.Id(name),
        EvaluatedAt = Some.At(0),
        Standing = new TargetStanding { Workload = Policies.Workloads[0].Name, Mode = PolicyMode.Act, Minimum = 1, Maximum = 9, Region = "westeurope", Sku = "Standard_D2s_v5", Signals = [] },
    };

    private static DecisionSpan Span(string kind, int from) => new()
    {
        From = Some.At(from),
        Until = Some.At(0),
        Evaluations = 1,
        Current = 4,
        Desired = 6,
        Case = kind,
        Reason = "6 wanted; held: the fleet is full",
        Counterfactual = "",
    };
}
