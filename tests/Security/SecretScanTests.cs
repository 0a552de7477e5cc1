using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ScaleFunctions.Security.Tests;

/// <summary>No secret stands in a file or ever stood in one: every line that any commit added is looked at.</summary>
public sealed partial class SecretScanTests
{
    /// <summary>Well-known and worthless: the emulator's key, the same on every machine, and texts that tests plant or refuse.</summary>
    private static readonly string[] Worthless =
    [
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_commit_ever_added_one()
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Repository.Root, ".git")) || File.Exists(Path.Combine(Repository.Root, ".git")), "there is no history here");
        Assert.SkipUnless((await GitAsync("rev-parse", "--is-shallow-repository").ToListAsync(Cancellation)) is ["false"], "the history is cut off here: git fetch --unshallow");
        var (lines, found) = (0L, new HashSet<string>(StringComparer.Ordinal));
        await foreach (var line in GitAsync("log", "--all", "--no-color", "--no-textconv", "--unified=0", "--format=", "--patch"))
        {
            if (line.StartsWith('+') && !line.StartsWith("+++", StringComparison.Ordinal))
            {
                lines++;
                found.UnionWith(Secrets(line));
            }
        }

        Assert.InRange(lines, 50_000, long.MaxValue);
        Assert.Empty(found.Take(20));
    }

    // In two pieces each, so that this file does not hold what it looks for.
    [Theory]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=a;AccountKey=" + "7c8hLr0p9sDfGh2jKl4zXcVbNm6qWeRtYuIoPaSdFgHjKlZxCvBnM1234567890abcdefghijklmno==")]
    [InlineData("Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=r;SharedAccessKey=" + "7c8hLr0p9sDfGh2jKl4zXcVbNm6qWeRtYuIoPaSdFgH=")]
    [InlineData("https://x.blob.core.windows.net/c?sv=2024-01-01&sig=" + "7c8hLr0p9sDfGh2jKl4zXcVbNm6qWeRtYuIoPaSdFgH%3D")]
    [InlineData("-----BEGIN RSA PRIVATE KE" + "Y-----")]
    [InlineData("ghp_" + "7c8hLr0p9sDfGh2jKl4zXcVbNm6qWeRtYuIo")]
    [InlineData("AKIA" + "I7C8HLR0P9SDFGH2")]
    [InlineData("https://hooks.slack.com/services/T" + "01ABCDEFGH/B01ABCDEFGH/7c8hLr0p9sDfGh2jKl4zXcVb")]
    [InlineData("client_secret = \"a7c8Q" + "~hLr0p9sDfGh2jKl4zXcVbNm6qWeRtYuIo\"")]
    [InlineData("InstrumentationKey=" + "7c1e5b3a-91d4-4f6e-8a2b-5d0c9e7f3a61;IngestionEndpoint=https://x")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.eyJhdW" + "QiOiJodHRwczovL21hbmFnZW1lbnQi.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg")]
    [InlineData("_authToken=" + "7c8hLr0p9sDfGh2jKl4zXcVbNm6qWeRtYuIo")]
    public void One_would_be_noticed(string line) => Assert.NotEmpty(Secrets($"+    {line}"));

    [Theory]
    [InlineData("AccountKey=CANARY")]
    [InlineData("InstrumentationKey=00000000-0000-4000-8000-000000000001")]
    [InlineData("\"contentHash\": \"dsWFbaTkF7SdDlKTbnZWeQbNRLVKubJmIRJ/xDPR/ydMTLL1iSHMna9JfJqyC22siT7Tq9tKiQZyfxUOl9RRzA==\"")]
    public void What_is_none_is_let_pass(string line) => Assert.Empty(Secrets($"+    {line}"));

    private static IEnumerable<string> Secrets(string line) => Pattern().Matches(line)
        .Select(match => match.Value)
        .Where(text => !Worthless.Any(worthless => text.Contains(worthless, StringComparison.Ordinal)) && !text.Contains("CANARY", StringComparison.Ordinal) && !IsAnExample(text));

    /// <summary>A secret is random; what has few different letters is made up for a test.</summary>
    private static bool IsAnExample(string text) => text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..].Distinct().Count() < 10;

    private static async IAsyncEnumerable<string> GitAsync(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, UseShellExecute = false })!;
        while (await git.StandardOutput.ReadLineAsync(Cancellation) is { } line)
        {
            yield return line;
        }

        await git.WaitForExitAsync(Cancellation);
        Assert.Equal(0, git.ExitCode);
    }

    [GeneratedRegex(
        @"AccountKey=[A-Za-z0-9+/]{40,}={0,2}|SharedAccessKey=[A-Za-z0-9+/]{20,}=?|[?&]sig=[A-Za-z0-9%+/]{20,}|-----BEGIN ([A-Z]+ )?PRIVATE KEY-----|\bgh[opsu]_[A-Za-z0-9]{30,}|\bgithub_pat_\w{30,}"
        + @"|\bAKIA[A-Z0-9]{16}\b|hooks\.slack\.com/services/T[A-Z0-9]{8,}/B[A-Z0-9]{8,}/\w{20,}|\bxox[abprs]-[A-Za-z0-9-]{20,}|[A-Za-z0-9_~.-]{3,5}Q~[A-Za-z0-9_~.-]{31,34}"
        + @"|InstrumentationKey=[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}|_authToken=[A-Za-z0-9-]{20,}",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
