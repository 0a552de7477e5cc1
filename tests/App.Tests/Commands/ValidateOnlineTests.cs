namespace ScaleFunctions.App.Tests.Commands;

public sealed class ValidateOnlineTests
{
    [Fact]
    public async Task Metrics_that_are_there_are_no_error()
    {
        await using var place = new Workplace();

        (await place.RunAsync("validate --online")).ShouldBe(0);
    }

    [Fact]
    public async Task A_metric_that_is_not_there_is_told_with_its_place_and_only_when_asked_for()
    {
        await using var place = new Workplace();
        place.Edit("policies/load-based-scaling.yml", "metric: Percentage CPU", "metric: Percentage Cpus");

        (await place.RunAsync("validate")).ShouldBe(0);
        var line = Assert.Single((await place.RunAsync("validate --online --format json")).ShouldBe(1).Json().EnumerateArray());

        Assert.Equal("policies/load-based-scaling.yml", line.GetProperty("file").GetString());
        Assert.InRange(line.GetProperty("line").GetInt32(), 2, 40);
        Assert.Equal(
            "unknown-metric: Microsoft.Compute/virtualMachineScaleSets has no metric 'Percentage Cpus'; it has Available Memory Bytes, Available Memory Percentage, Disk Read Bytes, Disk Read Operations/Sec, Disk Write Bytes, Disk Write Operations/Sec, Network In Total, Network Out Total, Percentage CPU",
            line.GetProperty("message").GetString());
    }
}
