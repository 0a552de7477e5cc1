namespace ScaleFunctions.Bicep.Tests.Templates;

/// <summary>Builds and lints every file; anything reported fails.</summary>
public sealed class BicepFindingsTests
{
    [Fact]
    public async Task Every_file_builds_and_lints_without_a_word()
    {
        BicepProgram.SkipWhereItCannotRun();
        using var folder = BicepFolder.CopyOf(Repository.Folder("bicep"));
        Assert.Empty(await BicepFindings.OfAsync(folder.Location, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Every_mistake_in_a_broken_template_is_found()
    {
        BicepProgram.SkipWhereItCannotRun();
        using var folder = BicepFolder.CopyOf(Repository.Folder("tests", "Bicep.Tests", "Broken"));
        File.Copy(Repository.Folder("bicep", "bicepconfig.json"), folder.At("bicepconfig.json"));
        var findings = await BicepFindings.OfAsync(folder.Location, TestContext.Current.CancellationToken);
        Assert.Contains(findings, finding => finding.StartsWith("lint: misspelt-property.bicep:", StringComparison.Ordinal) && finding.Contains("BCP089"));
        Assert.Contains(findings, finding => finding.StartsWith("build: misspelt-property.bicep:", StringComparison.Ordinal) && finding.Contains("BCP089"));
        Assert.Contains(findings, finding => finding.Contains("wrong-type.bicep:") && finding.Contains("BCP036"));
        Assert.Contains(findings, finding => finding.Contains("key-in-output.bicep:") && finding.Contains("outputs-should-not-contain-secrets"));
        Assert.Contains(findings, finding => finding.Contains("wrong-value.bicepparam:") && finding.Contains("BCP033"));
    }

    [Fact]
    public async Task The_exit_code_alone_would_miss_a_misspelt_property()
    {
        BicepProgram.SkipWhereItCannotRun();
        using var folder = BicepFolder.CopyOf(Repository.Folder("tests", "Bicep.Tests", "Broken"));
        var run = await BicepProgram.RunAsync(folder.Location, TestContext.Current.CancellationToken, "build", "misspelt-property.bicep", "--stdout");
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void Silence_is_a_finding() => Assert.Equal(["lint: 0 reports for 2 files"], BicepFindings.Read("lint", "", atLeast: 2));
}
