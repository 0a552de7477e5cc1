using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.State;

public sealed class ChoiceTransitionsTests
{
    private static readonly FleetRow Row = new() { PolicyVersion = "in-force", PolicyFilesVersion = "files" };

    [Fact]
    public void A_choice_counts_against_what_the_files_said_and_is_told()
    {
        var row = Row.ChoosePolicies("earlier", "ann", "the new one flaps", Some.Noon);

        Assert.Equal(new ChosenPolicies("earlier", "files", "ann", "the new one flaps", Some.Noon), row.Choice);
        Assert.Equal("policy set earlier was chosen by ann until the files change from files: the new one flaps", Assert.Single(row.Journal.Outbox).Text);
        Assert.Equal("in-force", (Row with { PolicyFilesVersion = "" }).ChoosePolicies("earlier", "ann", "why", Some.Noon).Choice?.Files);
    }

    [Fact]
    public void Its_end_is_told_once_and_without_one_there_is_nothing_to_end()
    {
        var over = Row.ChoosePolicies("earlier", "ann", "why", Some.Noon).EndChoice("the policy files have changed", Some.At(5), "policies");

        Assert.Null(over.Choice);
        Assert.Equal("the choice of policy set earlier by ann is over: the policy files have changed", over.Journal.Outbox[^1].Text);
        Assert.Same(over, over.EndChoice("again", Some.At(6), "policies"));
    }

    [Fact]
    public void What_the_files_say_is_noted_without_a_write_when_it_is_known()
    {
        Assert.Same(Row, Row.SeeFiles("files"));
        Assert.Equal("others", Row.SeeFiles("others").PolicyFilesVersion);
        Assert.Empty(Row.SeeFiles("others").Journal.Outbox);
    }
}
