using System.Text.Json;
using System.Xml.Linq;

namespace ScaleFunctions.Security.Tests;

/// <summary>
/// What is built is what was read once: every project has a lock file, every package in one an exact version and the hash of its content,
/// the same everywhere. A source that serves another content under the same name and version fails the restore.
/// </summary>
public sealed class LockFileTests
{
    private static readonly string[] Projects =
    [
        .. new[] { "functions", "tests" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules")).Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void Every_project_has_a_lock_file_and_restores_by_it()
    {
        Assert.InRange(Projects.Length, 12, 100);

        Assert.All(Projects, project => Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json")), project));
        Assert.Equal("true", Property("RestorePackagesWithLockFile"));
        Assert.True(File.Exists(Path.Combine(Repository.Root, "functions", "App", "packages.linux-x64.lock.json")), "what is deployed has no lock file of its own");
        Assert.Contains("--locked-mode", File.ReadAllText(Path.Combine(Repository.Root, ".ci", "run")), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_version_is_exact_and_in_one_place()
    {
        var central = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props"));

        Assert.Empty(central.Descendants("PackageVersion").Where(version => !IsExact(version.Attribute("Version")!.Value)).Select(version => version.ToString()));
        Assert.All(new[] { "ManagePackageVersionsCentrally", "CentralPackageTransitivePinningEnabled" }, name => Assert.Equal("true", Assert.Single(central.Descendants(name)).Value));
        Assert.Empty(Projects.SelectMany(project => XDocument.Load(project).Descendants("PackageReference"))
            .Where(reference => reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null).Select(reference => reference.ToString()));
    }

    [Fact]
    public void Every_package_has_one_version_and_one_content_everywhere()
    {
        var packages = LockFiles().SelectMany(Packages).ToList();
        Assert.InRange(packages.Count, 200, 5_000);

        Assert.All(packages, package => Assert.True(IsExact(package.Version) && Convert.FromBase64String(package.Hash).Length == 64, $"{package}"));
        Assert.Empty(packages.Distinct().GroupBy(package => (package.Name, package.Version)).Where(group => group.Count() > 1).Select(group => $"{group.Key} has {group.Count()} contents"));
    }

    /// <summary>No file of ours sends a restore to a place of its own: whoever builds says where packages come from, and hashes say which.</summary>
    [Fact]
    public void No_file_names_a_source_of_packages()
    {
        Assert.Empty(Directory.EnumerateFiles(Repository.Root, "*.config", SearchOption.TopDirectoryOnly).Select(Path.GetFileName));
        Assert.All(Projects.Append(Path.Combine(Repository.Root, "Directory.Build.props")), file =>
        {
            var text = File.ReadAllText(file);
            Assert.DoesNotContain("RestoreSources", text, StringComparison.Ordinal);
            Assert.DoesNotContain("RestoreAdditionalProjectSources", text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void What_comes_from_npm_is_locked_with_its_hash_too()
    {
        foreach (var file in new[] { Path.Combine("functions", "App", "Dashboard", "package-lock.json"), Path.Combine("tests", "package-lock.json") })
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, file)));
            var packages = document.RootElement.GetProperty("packages").EnumerateObject().Where(package => package.Name.Length > 0).ToList();
            Assert.NotEmpty(packages);
            Assert.Empty(packages.Where(package => !package.Value.TryGetProperty("integrity", out var integrity) || !integrity.GetString()!.StartsWith("sha512-", StringComparison.Ordinal)).Select(package => $"{file}: {package.Name}"));
        }
    }

    [Theory]
    [InlineData("1.2.3", true)]
    [InlineData("1.2.3-beta.1", true)]
    [InlineData("[1.2.3]", true)]
    [InlineData("1.2.*", false)]
    [InlineData("[1.2.3,)", false)]
    [InlineData("(,2.0]", false)]
    [InlineData("", false)]
    public void A_version_that_floats_would_be_noticed(string version, bool isExact) => Assert.Equal(isExact, IsExact(version));

    private static bool IsExact(string version) =>
        version.Length > 0 && !version.Contains('*', StringComparison.Ordinal) && !version.Contains(',', StringComparison.Ordinal) && char.IsAsciiDigit(version.TrimStart('[')[0]);

    private static string Property(string name) => XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants(name).Single().Value;

    private static IEnumerable<string> LockFiles() => Projects.SelectMany(project => Directory.EnumerateFiles(Path.GetDirectoryName(project)!, "packages*.lock.json"));

    private static IEnumerable<(string Name, string Version, string Hash)> Packages(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        foreach (var package in document.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject()))
        {
            if (package.Value.GetProperty("type").GetString() != "Project")
            {
                yield return (package.Name, package.Value.GetProperty("resolved").GetString()!, package.Value.GetProperty("contentHash").GetString()!);
            }
        }
    }
}
