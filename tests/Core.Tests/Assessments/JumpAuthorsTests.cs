using ScaleFunctions.Core.ActivityLogs;
using ScaleFunctions.Core.Assessments;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Assessments;

public sealed class JumpAuthorsTests
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);
    private static readonly RepeatedJump Jump = new(3, 3, [5, 6, 9], Some.At(600)) { At = [Some.At(0), Some.At(300), Some.At(600)] };

    [Fact]
    public void Whoever_wrote_it_just_then_did_it_and_the_most_come_first()
    {
        var authors = Of(Wrote(-20, "ci@contoso.com"), Wrote(-18, "ci@contoso.com"), Wrote(310, "CI@contoso.com"), Wrote(590, "ann@contoso.com"), Wrote(100, "bob@contoso.com"));

        Assert.Equal([new("ci@contoso.com", 2), new JumpAuthor("ann@contoso.com", 1)], authors.Callers);
    }

    [Fact]
    public void What_failed_or_came_at_another_time_did_nothing() =>
        Assert.Empty(Of(Wrote(-31, "a"), Wrote(16, "a"), Wrote(0, "a") with { Status = "Failed" }).Callers);

    [Fact]
    public void A_log_that_cannot_be_read_names_nobody_and_says_why() =>
        Assert.Equal("403", JumpAuthors.Of(Jump, new ActivityReading.Unreadable("403"), Quarter).Problem);

    private static JumpAuthors Of(params ActivityRecord[] records) => JumpAuthors.Of(Jump, new ActivityReading.Read(records), Quarter);

    private static ActivityRecord Wrote(double minutes, string caller) => new(Some.At(minutes), caller, "x/write", "id", "Succeeded");
}
