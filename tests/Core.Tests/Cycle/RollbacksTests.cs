using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>What stands against taking back the raise from 4 to 6 instances.</summary>
public sealed class RollbacksTests
{
    [Fact]
    public void A_raise_that_nobody_has_touched_since_is_taken_back() => Assert.Empty(WhyNot(Raise()));

    [Fact]
    public void A_size_goes_back_by_itself() =>
        Assert.StartsWith("only counts are taken back by hand", Assert.Single(WhyNot(Raise() with { Size = "Standard_D2s_v5" })), StringComparison.Ordinal);

    [Fact]
    public void A_floor_in_an_autoscale_setting_ends_by_itself()
    {
        var setting = TargetId.Parse("/subscriptions/s-1/resourceGroups/shop/providers/microsoft.insights/autoscalesettings/web-auto");

        Assert.StartsWith("it put a floor into the autoscale setting web-auto", Assert.Single(WhyNot(Raise() with { Setting = setting })), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_Azure_sets_the_count_it_would_set_it_again() =>
        Assert.Equal("Azure's own autoscale sets the count now, and would set it again", Assert.Single(WhyNot(Raise(), isSteered: true)));

    [Fact]
    public void What_somebody_overtook_has_no_state_before_that_is_known_to_be_right() =>
        Assert.StartsWith("somebody else changed the resource before it ended", Assert.Single(WhyNot(Raise(), nameof(IntentEnd.Overtaken))), StringComparison.Ordinal);

    [Fact]
    public void What_is_as_before_already_needs_no_action() =>
        Assert.Equal("there are 4 instances, as before it", Assert.Single(WhyNot(Raise(), capacity: 4)));

    private static Intent Raise() => Some.Intent(phase: IntentPhase.Accepted);

    private static IReadOnlyList<string> WhyNot(Intent intent, string end = nameof(IntentEnd.Done), bool isSteered = false, int capacity = 6) => Rollbacks.WhyNot(
        new PastAction(intent, end, [], null), new TargetRow { Target = Some.Id(), LastKnownCapacity = capacity }, Some.Target(capacity), isSteered);
}
