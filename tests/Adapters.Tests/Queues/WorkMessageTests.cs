using ScaleFunctions.Adapters.Queues;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.Adapters.Tests.Queues;

public sealed class WorkMessageTests
{
    [Theory]
    [InlineData(-1, 10)]
    [InlineData(10, 10)]
    [InlineData(11, 10)]
    [InlineData((7 * 86_400) + 1, 8 * 86_400)]
    [InlineData(0, (30 * 86_400) + 1)]
    public void Times_no_queue_could_keep_are_refused(int visibleAfter, int expiresAfter) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new WorkMessage(WorkKind.Evaluate, "{}", TimeSpan.FromSeconds(visibleAfter), TimeSpan.FromSeconds(expiresAfter)));

    [Fact]
    public void The_longest_times_are_allowed()
    {
        var message = new WorkMessage(WorkKind.Evaluate, "{}", TimeSpan.FromDays(7), TimeSpan.FromDays(30));

        Assert.Equal((TimeSpan.FromDays(7), TimeSpan.FromDays(30)), (message.VisibleAfter, message.ExpiresAfter));
    }

    [Fact]
    public void Half_a_character_is_refused() =>
        Assert.ThrowsAny<ArgumentException>(() => new WorkMessage(WorkKind.Evaluate, "🙂"[..1], TimeSpan.Zero, TimeSpan.FromHours(1)));

    [Fact]
    public void Queues_are_named_after_their_kind_unless_told_otherwise()
    {
        var names = new WorkQueueNames(new Dictionary<WorkKind, string> { [WorkKind.Verify] = "shop-verify" });

        Assert.Equal(
            ("evaluate", "evaluate-poison", "shop-verify", "shop-verify-poison"),
            (names.Of(WorkKind.Evaluate), names.PoisonOf(WorkKind.Evaluate), names.Of(WorkKind.Verify), names.PoisonOf(WorkKind.Verify)));
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("Upper")]
    [InlineData("-dash")]
    [InlineData("two--dashes")]
    [InlineData("evaluate\n")]
    [InlineData("verify")]
    [InlineData("verify-poison")]
    [InlineData("a-name-so-long-that-with-its-ending-it-passes-the-limit-x")]
    public void A_name_no_account_could_have_or_two_queues_would_share_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => new WorkQueueNames(new Dictionary<WorkKind, string> { [WorkKind.Evaluate] = name }));
}
