namespace ScaleFunctions.Bicep.Tests.Templates;

/// <summary>A place of policies that cannot be meant is refused before anything is made, in words that say how to mend it.</summary>
public sealed class PolicySourceTests
{
    [Theory]
    [InlineData("{ from: 'container', container: 'releases' }", "the container 'releases', which the app has for something else; name another one")]
    [InlineData("{ from: 'container', container: 'package' }", "the container 'package', which the app has for something else; name another one")]
    [InlineData("{ from: 'container', container: 'dead-letters' }", "the container 'dead-letters', which the app has for something else; name another one")]
    [InlineData("{ from: 'container', resourceGroup: 'rg-policies' }", "the resourceGroup 'rg-policies' and no storageAccount in it; name both")]
    public async Task Is_refused(string source, string why)
    {
        var run = await TakeAsync(source);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(why, run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ from: 'container', container: 'release' }")]
    [InlineData("{ from: 'container', storageAccount: 'stplatform', container: 'releases' }")]
    [InlineData("{ from: 'container', storageAccount: 'stplatform', resourceGroup: 'rg-policies', container: 'package' }")]
    public async Task Is_taken(string source)
    {
        var run = await TakeAsync(source);
        Assert.True(run.ExitCode == 0, run.Errors);
    }

    private static async Task<BicepRun> TakeAsync(string source)
    {
        BicepProgram.SkipWhereItCannotRun();
        using var folder = BicepFolder.CopyOf(Repository.Folder("bicep"));
        await File.AppendAllTextAsync(folder.At("main.bicepparam"), $"\nparam policySource = {source}\n", TestContext.Current.CancellationToken);
        return await Snapshots.TakeAsync(folder, "main", "overwrite", TestContext.Current.CancellationToken);
    }
}
