using System.Text.RegularExpressions;

namespace ScaleFunctions.Security.Tests;

/// <summary>Nothing that deploys or runs asks for the master key of the Functions host, which opens its administration.</summary>
public sealed partial class MasterKeyTests
{
    [Fact]
    public void No_template_script_or_source_asks_for_it()
    {
        var files = new[] { "bicep", ".github", "functions" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules") && new FileInfo(file).Length < 1_000_000).ToList();
        Assert.InRange(files.Count, 300, 10_000);

        Assert.Empty(files.Where(file => Asks().IsMatch(File.ReadAllText(file))).Select(file => Path.GetRelativePath(Repository.Root, file)));
    }

    [Theory]
    [InlineData("az functionapp keys list --query masterKey")]
    [InlineData("x-functions-key: _master")]
    [InlineData("curl https://x.azurewebsites.net/admin/host/keys")]
    [InlineData("listKeys('${site.id}/host/default', '2024-04-01')")]
    public void One_that_asks_would_be_noticed(string line) => Assert.Matches(Asks(), line);

    [GeneratedRegex(@"masterKey|\b_master\b|/admin/(host/(keys|systemkeys|functionkeys)|functions|vfs)|host/default/listKeys|listKeys\('?\$?\{?[^)]*host/default", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Asks();
}
