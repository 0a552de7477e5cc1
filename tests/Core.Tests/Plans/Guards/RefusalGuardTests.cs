using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

public sealed class RefusalGuardTests : GuardTests<RefusalGuard>
{
    private static readonly RefusalGrounds Grounds = new("v1", "tags", "rights");

    private static readonly PlanContext Read = Some.PlanContext() with { Preflight = new Preflight { IsRead = true }, Grounds = Grounds };

    [Theory]
    [InlineData(8), InlineData(2)]
    public void Holds_what_was_refused_and_says_by_what_and_until_when(int goal) => Assert.Equal(
        "Azure refused it, with 3 refusals since 2026-03-02 11:46 (AuthorizationFailed: no role); it is tried again at 12:04, or when policies, tags or rights change",
        ReasonText.Of(Blocks<GuardReason.Refused>(Check(4, goal, Read with { Refused = Refusal(goal) }))));

    [Fact]
    public void Another_number_waits_as_after_a_first_refusal()
    {
        var refused = Refusal(8);

        Blocks<GuardReason.Refused>(Check(4, 9, Read with { Refused = refused with { OthersUntil = Some.At(1) } }));
        Passes(Check(4, 9, Read with { Refused = refused }));
    }

    [Fact]
    public void Lets_try_again_when_the_time_is_up() => Passes(Check(4, 8, Read with { Refused = Refusal(8), Now = Some.At(4) }));

    [Theory]
    [InlineData("v2", "tags", "rights"), InlineData("v1", "other", "rights"), InlineData("v1", "tags", "other")]
    public void Lets_try_again_when_policies_tags_or_rights_are_others(string policies, string tags, string rights) =>
        Passes(Check(4, 8, Read with { Refused = Refusal(8), Grounds = new(policies, tags, rights) }));

    [Fact]
    public void Lets_try_again_when_somebody_mended_the_autoscale_setting()
    {
        var setting = TargetId.Parse("/subscriptions/s-1/resourceGroups/shop/providers/microsoft.insights/autoscalesettings/web-auto");
        var full = RefusalGrounds.Of("v1", Tags(), Preflight.Nothing, new NativeAutoscale.Unsteerable(setting, "it has 20 profiles"));
        var steered = RefusalGrounds.Of("v1", Tags(), Preflight.Nothing, new NativeAutoscale.Steerable(setting, 2, 10) { Floor = new SteeredFloor(6, Some.At(20), true) });

        Assert.True(steered.DifferFrom(full));
        Assert.True(RefusalGrounds.Of("v1", Tags(), Preflight.Nothing).DifferFrom(steered));
        Assert.False(RefusalGrounds.Of("v1", Tags(), Preflight.Nothing, new NativeAutoscale.Unread("403")).DifferFrom(steered));
        Assert.False(RefusalGrounds.Of("v1", Tags(), Preflight.Nothing, new NativeAutoscale.Steerable(setting, 2, 10)).DifferFrom(steered));
    }

    [Theory]
    [InlineData(null, "rights"), InlineData("tags", null)]
    public void What_could_not_be_read_is_no_change(string? tags, string? rights) =>
        Blocks<GuardReason.Refused>(Check(4, 8, Read with { Refused = Refusal(8), Grounds = new("v1", tags, rights) }));

    [Fact]
    public void Has_no_say_before_rights_and_locks_were_read() => Passes(Check(4, 8, Read with { Refused = Refusal(8), Preflight = Preflight.Nothing }));

    [Fact]
    public void Holds_nothing_where_nothing_was_refused() => Passes(Check(4, 8, Read));

    [Fact]
    public void Grounds_are_the_same_whatever_the_order_of_tags_and_others_for_every_part()
    {
        var (tags, rights) = (Tags(("a", "b"), ("c", "d")), new Preflight { Granted = Roles(["*/read"], []) });
        var grounds = RefusalGrounds.Of("v", tags, rights);

        Assert.Equal(grounds, RefusalGrounds.Of("v", Tags(("c", "d"), ("a", "b")), rights));
        Assert.All(
            [
                RefusalGrounds.Of("w", tags, rights),
                RefusalGrounds.Of("v", Tags(("a", "b")), rights),
                RefusalGrounds.Of("v", Tags(("a", "bc"), ("", "d")), rights),
                RefusalGrounds.Of("v", tags, rights with { Granted = Roles(["*/read"], ["x"]) }),
                RefusalGrounds.Of("v", tags, rights with { Lock = new ResourceLock("l", "/subscriptions/s-1", LockLevel.ReadOnly) }),
            ],
            other => Assert.True(other.DifferFrom(grounds)));
        Assert.False(RefusalGrounds.Of("v", new TargetTags.Unknown("403"), Preflight.Nothing).DifferFrom(grounds));
    }

    internal static PastRefusal Refusal(int desired) => new()
    {
        Grounds = Grounds,
        Desired = desired,
        Code = "AuthorizationFailed",
        Message = "no role",
        Times = 3,
        Since = Some.At(-14),
        At = Some.At(-4),
        OthersUntil = Some.At(-2),
        Until = Some.At(4),
    };

    private static TargetTags.Known Tags(params (string Name, string Value)[] tags) => new(tags.ToDictionary(tag => tag.Name, tag => tag.Value));

    private static GrantedActions Roles(string[] actions, string[] not) => new([new GrantedActions.Role(actions, not)]);
}
