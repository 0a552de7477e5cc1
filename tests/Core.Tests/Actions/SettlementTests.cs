using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Actions;

/// <summary>An action from 4 to 6 instances, sent at noon.</summary>
public sealed class SettlementTests
{
    private static readonly OperationReading Failed = new OperationReading.Failed(FailureClass.Capacity, "AllocationFailed", "no room");

    /// <summary>Phase × capacity read × resource is updating × operation × minutes since it was sent; "-" is "not known yet".</summary>
    [Theory]
    // Nothing was ever sent: whatever else is read.
    [InlineData(IntentPhase.Opened, 4, false, "none", 0, "NotSent")]
    [InlineData(IntentPhase.Opened, 6, true, "running", 60, "NotSent")]
    [InlineData(IntentPhase.Opened, null, false, "none", 60, "NotSent")]
    // Sent or unknown, no operation to ask: the resource tells, an unchanged one only when nothing can arrive any more.
    [InlineData(IntentPhase.Sent, 6, false, "none", 0, "Done")]
    [InlineData(IntentPhase.Sent, 6, true, "none", 5, "-")]
    [InlineData(IntentPhase.Sent, 6, true, "none", 15, "TimedOut")]
    [InlineData(IntentPhase.Sent, 4, false, "none", 1.9, "-")]
    [InlineData(IntentPhase.Sent, 4, false, "none", 2, "NotLanded")]
    [InlineData(IntentPhase.Sent, 5, false, "none", 1.9, "-")]
    [InlineData(IntentPhase.Sent, 5, false, "none", 2, "Overtaken")]
    [InlineData(IntentPhase.Sent, 4, true, "none", 2, "-")]
    [InlineData(IntentPhase.Unknown, 6, false, "none", 0, "Done")]
    [InlineData(IntentPhase.Unknown, 4, false, "none", 1.9, "-")]
    [InlineData(IntentPhase.Unknown, 4, false, "none", 2, "NotLanded")]
    [InlineData(IntentPhase.Unknown, 9, false, "none", 2, "Overtaken")]
    // Accepted: Azure took it, so a capacity that is not the goal is somebody else's.
    [InlineData(IntentPhase.Accepted, 6, false, "none", 0, "Done")]
    [InlineData(IntentPhase.Accepted, 4, false, "none", 0, "Overtaken")]
    [InlineData(IntentPhase.Accepted, 6, true, "none", 1, "-")]
    [InlineData(IntentPhase.Accepted, 6, false, "running", 14.9, "-")]
    [InlineData(IntentPhase.Accepted, 6, false, "running", 15, "TimedOut")]
    [InlineData(IntentPhase.Accepted, 6, true, "succeeded", 1, "Done")]
    [InlineData(IntentPhase.Accepted, 7, false, "succeeded", 1, "Overtaken")]
    [InlineData(IntentPhase.Accepted, 6, false, "failed", 1, "Failed")]
    [InlineData(IntentPhase.Accepted, 5, true, "failed", 1, "Failed")]
    [InlineData(IntentPhase.Accepted, 6, false, "unreadable", 1, "Done")]
    [InlineData(IntentPhase.Accepted, 6, true, "unreadable", 1, "-")]
    [InlineData(IntentPhase.Accepted, 6, true, "unreadable", 15, "TimedOut")]
    // A resource that cannot be read proves nothing, however late it is and whatever its operation says.
    [InlineData(IntentPhase.Sent, null, false, "none", 60, "-")]
    [InlineData(IntentPhase.Unknown, null, false, "none", 60, "-")]
    [InlineData(IntentPhase.Accepted, null, false, "succeeded", 60, "-")]
    [InlineData(IntentPhase.Accepted, null, false, "failed", 60, "-")]
    public void Ends_an_action_only_by_proof(
        IntentPhase phase, int? capacity, bool isUpdating, string operation, double minutes, string end)
    {
        CapacityReading reading = capacity is { } count
            ? Some.Read(count, minutes, isUpdating)
            : new CapacityReading.Unreadable("429", Some.At(minutes));

        var judged = Settlement.Judge(Some.Intent(4, 6, phase), reading, Operation(operation), Some.At(minutes));

        Assert.Equal(end, judged?.GetType().Name ?? "-");
    }

    [Fact]
    public void Ends_with_a_resource_that_is_gone() =>
        Assert.IsType<IntentEnd.Gone>(Settlement.Judge(
            Some.Intent(phase: IntentPhase.Accepted), new CapacityReading.Gone(Some.Noon), null, Some.Noon));

    /// <summary>The write may have landed and been taken back by somebody else.</summary>
    [Fact]
    public void The_old_capacity_on_another_version_of_the_resource_is_no_proof_that_nothing_landed() => Assert.Equal(
        new IntentEnd.Overtaken(4),
        Settlement.Judge(Some.Intent(4, 6, IntentPhase.Unknown), Some.Read(4, etag: "e3"), null, Some.At(2)));

    [Fact]
    public void Tells_what_azure_says_of_a_failure() => Assert.Equal(
        new IntentEnd.Failed(FailureClass.Capacity, "AllocationFailed", "no room", 5),
        Settlement.Judge(Some.Intent(phase: IntentPhase.Accepted), Some.Read(5), Failed, Some.Noon));

    [Theory]
    [InlineData(true, "Done", "Failed", "Overtaken", "TimedOut")]
    [InlineData(false, "NotSent", "Rejected", "Stale", "NotLanded", "Gone")]
    public void Knows_which_ends_may_have_changed_azure(bool mayHave, params string[] ends)
    {
        IntentEnd[] all =
        [
            new IntentEnd.Done(), new IntentEnd.NotSent(""), new IntentEnd.Rejected(FailureClass.Other, "", ""), new IntentEnd.Stale(),
            new IntentEnd.NotLanded(), new IntentEnd.Failed(FailureClass.Other, "", "", 1), new IntentEnd.Overtaken(1),
            new IntentEnd.TimedOut(TimeSpan.Zero), new IntentEnd.Gone(),
        ];

        Assert.Equal(ends.Order(), all.Where(end => end.MayHaveChangedAzure == mayHave).Select(end => end.GetType().Name).Order());
    }

    private static OperationReading? Operation(string state) => state switch
    {
        "running" => new OperationReading.Running(),
        "succeeded" => new OperationReading.Succeeded(),
        "failed" => Failed,
        "unreadable" => new OperationReading.Unreadable("404"),
        _ => null,
    };
}
