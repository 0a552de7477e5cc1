using System.Text.Json;
using System.Xml.Linq;

namespace ScaleFunctions.Security.Sbom;

/// <summary>Under which licenses packages are, as the packages themselves say.</summary>
/// <param name="Packages">Where restored packages are.</param>
/// <param name="Page">Folder of the dashboard, whose lock file names what is embedded in the program.</param>
internal sealed record PackageLicenses(string Packages, string Page)
{
    /// <summary>Read by a person from the text in the package, which names none in its description.</summary>
    private static readonly Dictionary<string, string> Read = new(StringComparer.OrdinalIgnoreCase)
    {
        ["NCrontab"] = "Apache-2.0",
        ["System.Security.Cryptography.ProtectedData"] = "MIT",
    };

    public static PackageLicenses OfThisMachine()
    {
        var home = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "ScaleFunctions.sln")))
        {
            directory = directory.Parent;
        }

        return new PackageLicenses(home, Path.Combine(directory?.FullName ?? ".", "functions", "App", "Dashboard"));
    }

    /// <summary>The license; empty when the package tells none.</summary>
    public string Of(Component component) => component.Kind switch
    {
        "project" or "runtime" => "MIT",
        _ => Read.GetValueOrDefault(component.Name) ?? Expression(component),
    };

    /// <summary>What npm brings into the program itself.</summary>
    public IEnumerable<Component> Embedded()
    {
        var file = Path.Combine(Page, "package-lock.json");
        if (!File.Exists(file))
        {
            yield break;
        }

        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        foreach (var package in document.RootElement.GetProperty("packages").EnumerateObject().Where(each => each.Name.Length > 0))
        {
            yield return new Component(
                package.Name["node_modules/".Length..], package.Value.GetProperty("version").GetString()!, "npm",
                Convert.ToHexStringLower(Convert.FromBase64String(package.Value.GetProperty("integrity").GetString()!["sha512-".Length..])),
                package.Value.GetProperty("license").GetString()!, [new ShippedFile("ScaleFunctions.dll", "")]);
        }
    }

    private string Expression(Component component)
    {
        var name = component.Name.ToLowerInvariant();
        var file = Path.Combine(Packages, name, component.Version.ToLowerInvariant(), $"{name}.nuspec");
        return !File.Exists(file) ? "" : XDocument.Load(file).Descendants()
            .FirstOrDefault(element => element.Name.LocalName == "license" && element.Attribute("type")?.Value == "expression")?.Value ?? "";
    }
}
