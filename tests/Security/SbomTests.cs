using System.Text.Json;
using ScaleFunctions.Security.Sbom;

namespace ScaleFunctions.Security.Tests;

/// <summary>The bill of materials tells every file of code that is shipped, under a license that may be passed on.</summary>
public sealed class SbomTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scalefunctions-bill-");

    /// <summary>What the build of the program made; the folder to deploy where it is staged.</summary>
    private static string Built => Directory.GetParent(Path.Combine(Repository.Root, "functions", "App", "bin", Configuration, "net10.0", "ScaleFunctions.dll"))!.FullName;

    private static string Configuration => AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug";

    public static TheoryData<string> Folders => [.. new[] { Built, PublishedFolder.Path }.Where(folder => File.Exists(Path.Combine(folder, "ScaleFunctions.deps.json")))];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Folders))]
    public void Every_file_of_code_is_in_it_with_its_hash_and_an_allowed_license(string folder)
    {
        var shipped = ShippedFolder.Read(folder);
        using var bill = JsonDocument.Parse(Bill.Of(shipped, PackageLicenses.OfThisMachine()).ToJson());

        var components = bill.RootElement.GetProperty("components").EnumerateArray().ToList();
        var files = components.SelectMany(component => component.GetProperty("components").EnumerateArray()).Select(file => file.GetProperty("name").GetString()!).ToHashSet();
        var code = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".dll" or ".so").Select(file => Path.GetRelativePath(folder, file)).ToList();
        Assert.InRange(code.Count, 30, 1000);
        Assert.Subset(files, code.ToHashSet());
        Assert.Contains("CycloneDX", bill.RootElement.GetProperty("bomFormat").GetString());
        foreach (var name in new[] { "ScaleFunctions", "Azure.Identity", "YamlDotNet", "uplot" })
        {
            Assert.Contains(components, component => component.GetProperty("name").GetString() == name);
        }

        Assert.All(components.Where(component => component.TryGetProperty("purl", out _)), component =>
        {
            Assert.NotEmpty(component.GetProperty("version").GetString()!);
            Assert.Equal(128, component.GetProperty("hashes")[0].GetProperty("content").GetString()!.Length);
        });
    }

    [Fact]
    public void It_is_the_same_each_time() =>
        Assert.Equal(Bill.Of(ShippedFolder.Read(Built), PackageLicenses.OfThisMachine()).ToJson(), Bill.Of(ShippedFolder.Read(Built), PackageLicenses.OfThisMachine()).ToJson());

    [Fact]
    public void A_file_that_belongs_to_nothing_is_told()
    {
        Copy();
        File.WriteAllText(Path.Combine(_folder.FullName, "Smuggled.dll"), "x");

        var exception = Assert.Throws<BillException>(() => Bill.Of(ShippedFolder.Read(_folder.FullName), PackageLicenses.OfThisMachine()));

        Assert.Contains("Smuggled.dll", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_license_that_nobody_knows_is_told()
    {
        Copy();

        var exception = Assert.Throws<BillException>(() => Bill.Of(ShippedFolder.Read(_folder.FullName), PackageLicenses.OfThisMachine() with { Packages = _folder.FullName }));

        Assert.Contains("YamlDotNet", exception.Message, StringComparison.Ordinal);
    }

    private void Copy()
    {
        foreach (var file in Directory.EnumerateFiles(Built, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".dll" or ".so" or ".json"))
        {
            var to = Path.Combine(_folder.FullName, Path.GetRelativePath(Built, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }
}
