using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Tests.Policies;

/// <summary>
/// Files somebody could really write, and what the reader says about them. <c>Broken/errors.golden</c> holds the expected
/// messages; <c>UPDATE_GOLDEN=1</c> rewrites it.
/// </summary>
public sealed class BrokenFileTests
{
    private static readonly string Folder = Path.Combine(PolicyReaderTests.RepositoryRoot(), "tests", "Core.Tests", "Policies", "Broken");

    [Fact]
    public void Says_of_each_broken_file_what_the_golden_file_says()
    {
        var files = Directory.GetFiles(Folder, "*.yml").Order(StringComparer.Ordinal).ToList();
        var said = files.SelectMany(file => PolicyReader.Read([new PolicyFile(Path.GetFileName(file), File.ReadAllBytes(file))]).Errors);
        var actual = string.Concat(said.Select(error => $"{error}\n"));
        var golden = Path.Combine(Folder, "errors.golden");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(golden, actual);
        }

        Assert.True(files.Count >= 55, $"only {files.Count} files in {Folder}");
        Assert.All(files, file => Assert.Contains($"{Path.GetFileName(file)}:", actual));
        Assert.Equal(File.ReadAllText(golden), actual);
    }
}
