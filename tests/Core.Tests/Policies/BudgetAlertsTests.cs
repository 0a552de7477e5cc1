using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Tests.Policies;

public sealed class BudgetAlertsTests
{
    private const string Scope = "scope: /subscriptions/12345678-90ab-cdef-1234-567890abcdef";

    [Fact]
    public void Everything_that_can_be_said_is_read()
    {
        var policy = Read(
            Scope, "tags: { costCenter: [shop, web] }", "amount: 10000", "currency: EUR", "period: quarter", "reservations: amortized", "mode: act",
            "thresholds: { actual: [50, 80], forecast: [100] }",
            "ladder:",
            "  - { step: notify, when: { forecast: 90 } }",
            "  - { step: offHours, when: { forecast: 100 }, select: { tags: { env: dev } }, off: [\"Mon-Fri 18:00-08:00\", \"Sat,Sun\"], timeZone: Europe/Zurich }",
            "  - { step: lowerMaximum, when: { forecast: 105 }, select: { tags: { env: test } }, maximumShare: 50%, notice: 1h }",
            "  - { step: stop, name: stop-dev, when: { actual: 95, forecast: 110 }, select: { tags: { env: dev } }, approval: required, notice: 4h, grace: 1h }",
            "  - { step: cheaperSize, when: { forecast: 112 }, select: { type: plan }, allowRestart: true }",
            "  - { step: cheaperSize, name: small, when: { forecast: 115 }, select: { type: plan }, size: P0v3, allowRestart: true }",
            "  - { step: freezeScaleOut, when: { actual: 100 }, select: { type: vmss } }",
            "undo: { forecastBelow: 90, for: 12h, firstShare: 10%, restAfter: 1h }",
            "channels: [ops, finance]");

        Assert.Equal("/subscriptions/12345678-90ab-cdef-1234-567890abcdef", policy.Scope);
        Assert.Equal((10_000m, "EUR", BudgetPeriod.Quarter, true, PolicyMode.Act), (policy.Amount, policy.Currency, policy.Period, policy.IsAmortized, policy.Mode));
        Assert.Equal([50, 80], policy.ActualThresholds);
        Assert.Equal(["notify", "offHours", "lowerMaximum", "stop-dev", "cheaperSize", "small", "freezeScaleOut"], policy.Ladder.Select(step => step.Name));
        Assert.Equal(2, policy.Ladder[1].Off.Count);
        Assert.Equal((10, 5), (policy.Ladder[2].Lowered(20, 1), policy.Ladder[2].Lowered(9, 1)));
        Assert.Equal((BudgetStepKind.CheaperSize, "", "P0v3"), (policy.Ladder[4].Kind, policy.Ladder[4].Size, policy.Ladder[5].Size));
        Assert.Equal((new BudgetTrigger(95, 110), true, TimeSpan.FromHours(4), TimeSpan.FromHours(1)), (policy.Ladder[3].When, policy.Ladder[3].NeedsApproval, policy.Ladder[3].Notice, policy.Ladder[3].Grace));
        Assert.Equal(new BudgetUndo(90, TimeSpan.FromHours(12), 0.1, TimeSpan.FromHours(1)), policy.Undo);
        Assert.Equal(["ops", "finance"], policy.Channels);
    }

    [Fact]
    public void What_is_not_said_is_safe()
    {
        var policy = Read("budget: /subscriptions/12345678-90ab-cdef-1234-567890abcdef/providers/Microsoft.Consumption/budgets/Shop", "currency: EUR", "thresholds: { actual: [80] }");

        Assert.Equal((PolicyMode.Observe, BudgetPeriod.Month, false, (decimal?)null), (policy.Mode, policy.Period, policy.IsAmortized, policy.Amount));
        Assert.Equal("/subscriptions/12345678-90ab-cdef-1234-567890abcdef/providers/microsoft.consumption/budgets/shop", policy.Budget);
        Assert.Equal("/subscriptions/12345678-90ab-cdef-1234-567890abcdef", policy.Scope);
        Assert.Equal(BudgetUndo.Usual, policy.Undo);
    }

    [Theory]
    [InlineData("'spec.amount' must be more than 0", "amount: 0")]
    [InlineData("'spec.amount' must be more than 0", "amount: -5")]
    [InlineData("'spec.currency' must be a currency of three capital letters", "currency: eur")]
    [InlineData("'spec.thresholds.actual[0]' must be more than 0 and at most 1000", "thresholds: { actual: [1001] }")]
    [InlineData("'spec.thresholds.actual[1]' is 50, not above the one before it", "thresholds: { actual: [80, 50] }")]
    [InlineData("'spec.ladder[0].when' is never", "ladder: [ { step: notify, when: { } } ]")]
    [InlineData("'spec.ladder[0].when.forecast' must be more than 0 and at most 1000", "ladder: [ { step: notify, when: { forecast: 1000.5 } } ]")]
    [InlineData("'spec.ladder[0]' lacks 'select'", "ladder: [ { step: freezeScaleOut, when: { actual: 100 } } ]")]
    [InlineData("'spec.ladder[0].select' selects nothing", "ladder: [ { step: freezeScaleOut, when: { actual: 100 }, select: { } } ]")]
    [InlineData("'spec.ladder[0]' tells people only; remove 'select'", "ladder: [ { step: notify, when: { actual: 100 }, select: { type: vmss } } ]")]
    [InlineData("'spec.ladder[0]' stops things: it needs a 'notice' and a 'grace' of 5m or more", "ladder: [ { step: stop, when: { actual: 100 }, select: { type: vmss }, notice: 1h } ]")]
    [InlineData("'spec.ladder[0]' needs either 'maximum' or 'maximumShare'", "ladder: [ { step: lowerMaximum, when: { actual: 100 }, select: { type: vmss } } ]")]
    [InlineData("'spec.ladder[0]' lacks 'off'", "ladder: [ { step: offHours, when: { actual: 100 }, select: { type: vmss } } ]")]
    [InlineData("'spec.ladder[0].off' is of steps of the kind offHours only", "ladder: [ { step: freezeScaleOut, when: { actual: 100 }, select: { type: vmss }, off: [\"Sat,Sun\"] } ]")]
    [InlineData("'spec.ladder[1]' is lowerMaximum after freezeScaleOut", "ladder: [ { step: freezeScaleOut, when: { actual: 90 }, select: { type: vmss } }, { step: lowerMaximum, when: { actual: 100 }, select: { type: vmss }, maximum: 3 } ]")]
    [InlineData("'spec.ladder[1]' is a second step called 'notify'", "ladder: [ { step: notify, when: { actual: 90 } }, { step: notify, when: { actual: 100 } } ]")]
    [InlineData("'spec.undo.forecastBelow' is 99, above 90", "undo: { forecastBelow: 99 }", "ladder: [ { step: freezeScaleOut, when: { forecast: 90 }, select: { type: vmss } } ]")]
    [InlineData("a step begins at 90, and below 95 steps are undone", "ladder: [ { step: freezeScaleOut, when: { forecast: 90 }, select: { type: vmss } } ]")]
    [InlineData("'spec.scope' must be the id of a subscription", "scope: subscriptions/x")]
    [InlineData("'spec.scope' must be the id of a subscription", "scope: /subscriptions/shop")]
    [InlineData("'spec.scope' must be the id of a subscription", "scope: /subscriptions/..")]
    [InlineData("'spec.scope' must be the id of a subscription", "scope: /subscriptions/(12345678-90ab-cdef-1234-567890abcdef)")]
    [InlineData("'spec.scope' must be the id of a subscription", "scope: /subscriptions/1234567890abcdef1234567890abcdef")]
    [InlineData("'spec.scope' must be the id of a subscription", "scope: /subscriptions/12345678-90ab-cdef-1234-567890abcdef/resourceGroups/..")]
    [InlineData("'spec.scope' must be the id of a subscription", "scope: /subscriptions/12345678-90ab-cdef-1234-567890abcdef/resourceGroups/.")]
    [InlineData("'spec.scope' must be the id of a subscription", "scope: /providers/Microsoft.Management/managementGroups/..")]
    [InlineData("'spec.budget' must be the id of a budget", "budget: /subscriptions/12345678-90ab-cdef-1234-567890abcdef/providers/Microsoft.Consumption/budgets/..")]
    [InlineData("'spec.budget' must be the id of a budget", "budget: /subscriptions/shop/providers/Microsoft.Consumption/budgets/shop")]
    [InlineData("'spec.scope' must be the id of a subscription", "scope: /subscriptions/x/resourceGroups/shop/providers/y")]
    [InlineData("'spec.budget' must be the id of a budget", "budget: shop")]
    [InlineData("'spec.ladder[0]' lacks 'allowRestart': another size restarts what has it", "ladder: [ { step: cheaperSize, when: { actual: 100 }, select: { type: plan } } ]")]
    [InlineData("'spec.ladder[0].allowRestart' is false", "ladder: [ { step: cheaperSize, when: { actual: 100 }, select: { type: plan }, allowRestart: false } ]")]
    [InlineData("'spec.ladder[0].allowRestart' is of steps of the kind cheaperSize only", "ladder: [ { step: freezeScaleOut, when: { actual: 100 }, select: { type: plan }, allowRestart: true } ]")]
    [InlineData("'spec.ladder[0].size' is of steps of the kind cheaperSize only", "ladder: [ { step: freezeScaleOut, when: { actual: 100 }, select: { type: plan }, size: P0v3 } ]")]
    [InlineData("'spec.ladder[1]' is cheaperSize after freezeScaleOut; the order is notify, offHours, lowerMaximum, stop, cheaperSize, freezeScaleOut", "ladder: [ { step: freezeScaleOut, when: { actual: 90 }, select: { type: plan } }, { step: cheaperSize, when: { actual: 100 }, select: { type: plan }, allowRestart: true } ]")]
    [InlineData("unknown kind of step", "ladder: [ { step: cheapest, when: { actual: 90 } } ]")]
    [InlineData("'spec.ladder[0].off' never ends", "ladder: [ { step: offHours, when: { actual: 100 }, select: { type: vmss }, off: [\"Mon-Sun\"] } ]")]
    [InlineData("'spec.ladder[0].off' never ends", "ladder: [ { step: offHours, when: { actual: 100 }, select: { type: vmss }, off: [\"Mon-Fri\", \"Sat,Sun\"], timeZone: Europe/Zurich } ]")]
    [InlineData("'spec.ladder[0].off' never ends", "ladder: [ { step: offHours, when: { actual: 100 }, select: { type: vmss }, off: [\"Mon-Sun 00:00-23:59\"] } ]")]
    [InlineData("'spec' does nothing", "thresholds: { }")]
    [InlineData("'spec.period' is that of the budget of Azure", "budget: /subscriptions/12345678-90ab-cdef-1234-567890abcdef/providers/Microsoft.Consumption/budgets/shop", "period: quarter")]
    [InlineData("'spec.ladder[1]' is a second step called 'X'", "ladder: [ { step: notify, name: x, when: { actual: 90 } }, { step: notify, name: X, when: { actual: 100 } } ]")]
    public void What_is_wrong_is_told_with_its_place(string message, params string[] lines)
    {
        string[] usual = [Scope, "amount: 1000", "currency: EUR", "thresholds: { actual: [80] }"];
        var named = lines.Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)]).ToList();
        var set = PolicyTexts.Read(Text([.. usual.Where(line => !named.Contains(line[..line.IndexOf(':', StringComparison.Ordinal)])
            && !(named.Contains("budget") && (line == Scope || line.StartsWith("amount", StringComparison.Ordinal)))), .. lines]));

        Assert.Empty(set.BudgetAlerts);
        Assert.Contains(set.Errors, error => error.Message.Contains(message == "unknown kind of step" ? "'spec.ladder[0].step' must be 'notify'" : message, StringComparison.Ordinal));
    }

    [Fact]
    public void Either_an_amount_or_a_budget_is_needed_and_something_to_do()
    {
        Assert.Contains("needs either 'amount' or 'budget'", Assert.Single(PolicyTexts.Read(Text(Scope, "currency: EUR", "thresholds: { actual: [80] }")).Errors).Message, StringComparison.Ordinal);
        Assert.Contains("does nothing", Assert.Single(PolicyTexts.Read(Text(Scope, "amount: 5", "currency: EUR")).Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_workload_may_say_that_it_is_critical()
    {
        Assert.True(Assert.Single(PolicyTexts.Read(PolicyTexts.Workload.Replace("mode: act", "mode: act\n  critical: true", StringComparison.Ordinal)).Workloads).IsCritical);
        Assert.False(Assert.Single(PolicyTexts.Read(PolicyTexts.Workload).Workloads).IsCritical);
    }

    private const string Channels =
        """
        apiVersion: scalefunctions/v1
        kind: AlertChannels
        metadata: { name: alerts }
        spec: { channels: [ { name: ops, type: actionGroup }, { name: finance, type: slack, setting: ALERT_FINANCE } ] }
        """;

    private static BudgetAlertsPolicy Read(params string[] lines)
    {
        var set = PolicyTexts.Read(PolicyTexts.Join(Text(lines), Channels));
        Assert.Empty(set.Errors);
        return Assert.Single(set.BudgetAlerts);
    }

    private static string Text(params string[] lines) =>
        $"""
        apiVersion: scalefunctions/v1
        kind: BudgetAlerts
        metadata: {"{ name: budget-alerts }"}
        spec:

        """ + string.Concat(lines.Select(line => $"  {line}\n"));
}
