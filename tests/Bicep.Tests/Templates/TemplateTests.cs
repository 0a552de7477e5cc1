using System.Text.RegularExpressions;

namespace ScaleFunctions.Bicep.Tests.Templates;

/// <summary>What the template would deploy, against snapshots and rules.</summary>
public sealed partial class TemplateTests(Snapshots snapshots) : IClassFixture<Snapshots>
{
    public static TheoryData<string> Variants => [.. Variant.All.Select(variant => variant.Name)];

    public static TheoryData<string> Rules => [.. TemplateRules.All.Select(rule => rule.Name)];

    public static TheoryData<string, string> Breakages =>
        [.. TemplateRules.All.SelectMany(rule => rule.Breakages.Select(breakage => new TheoryDataRow<string, string>(rule.Name, breakage.Name)))];

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task Would_deploy_what_the_committed_snapshot_says(string name)
    {
        BicepProgram.SkipWhereItCannotRun();
        var variant = Variant.All.Single(candidate => candidate.Name == name);
        if (Repository.UpdatesGolden)
        {
            await snapshots.UpdateAsync(variant, TestContext.Current.CancellationToken);
        }

        var committed = await File.ReadAllTextAsync(Snapshots.Committed(variant), TestContext.Current.CancellationToken);
        Assert.Equal("", await snapshots.DifferencesAsync(variant, committed, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_snapshot_that_differs_in_one_word_is_noticed()
    {
        BicepProgram.SkipWhereItCannotRun();
        var committed = await File.ReadAllTextAsync(Snapshots.Committed(Variant.All[0]), TestContext.Current.CancellationToken);
        var differences = await snapshots.DifferencesAsync(
            Variant.All[0], committed.Replace("TLS1_2", "TLS1_0"), TestContext.Current.CancellationToken);
        Assert.Contains("TLS1_0", differences);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_variant_keeps_the_rule(string name)
    {
        BicepProgram.SkipWhereItCannotRun();
        var rule = TemplateRules.All.Single(candidate => candidate.Name == name);
        Assert.All(Variant.All, variant => Assert.Empty(Findings(rule, snapshots[variant])));
    }

    [Theory]
    [MemberData(nameof(Breakages))]
    public void Each_rule_notices_its_breakages(string ruleName, string breakageName)
    {
        BicepProgram.SkipWhereItCannotRun();
        var rule = TemplateRules.All.Single(candidate => candidate.Name == ruleName);
        var breakage = rule.Breakages.Single(candidate => candidate.Name == breakageName);
        var broken = snapshots[breakage.Variant];
        breakage.Break(broken);
        Assert.NotEmpty(Findings(rule, broken));
    }

    [Fact]
    public void Each_rule_has_a_breakage() => Assert.All(TemplateRules.All, rule => Assert.NotEmpty(rule.Breakages));

    [Fact]
    public void The_compiled_template_asks_for_no_key_and_holds_no_secret()
    {
        BicepProgram.SkipWhereItCannotRun();
        Assert.Contains("\"resources\"", snapshots.Compiled);
        Assert.Empty(SecretPattern().Matches(snapshots.Compiled).Select(match => match.Value));
    }

    [Theory]
    [InlineData("[listKeys(resourceId('x'), '2023-05-01').keys[0].value]")]
    [InlineData("[list('x')]")]
    [InlineData("[account.listAccountSas('2023-05-01')]")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=a;AccountKey=b")]
    [InlineData("InstrumentationKey=00000000-0000-0000-0000-000000000000")]
    [InlineData("https://x.blob.core.windows.net/c/p.zip?sv=1&sig=abc")]
    [InlineData("\"adminPassword\": \"x\"")]
    [InlineData("SharedAccessKey=abc")]
    public void A_key_or_a_secret_would_be_noticed(string text) => Assert.Matches(SecretPattern(), text);

    private static List<string> Findings(TemplateRule rule, Deployment deployment) =>
        [.. rule.Check(deployment).Where(finding => finding.Length > 0)];

    [GeneratedRegex(@"\blist[A-Za-z]*\s*\(|AccountKey=|SharedAccess\w*=|InstrumentationKey=|[?&]sig=|(?:password|secret|connectionString)""\s*:\s*""", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretPattern();
}
