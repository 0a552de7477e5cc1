using System.Text;
using System.Text.Json;

namespace ScaleFunctions.Security.Sbom;

/// <summary>
/// A bill of materials in the form of CycloneDX 1.6: every component, its license, and the hash of each file. Two of the same folder are
/// the same, byte for byte: it has no time and no serial number.
/// </summary>
/// <param name="Program">Name of the program.</param>
/// <param name="Version">Its version.</param>
/// <param name="Components">All that is shipped.</param>
internal sealed record Bill(string Program, string Version, IReadOnlyList<Component> Components)
{
    public const string FileName = "sbom.cdx.json";

    /// <summary>What everybody may pass on under the license of this program.</summary>
    private static readonly string[] Allowed = ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "MS-PL"];

    /// <exception cref="BillException">A file of code belongs to nothing, or a license is none of the allowed ones.</exception>
    public static Bill Of(ShippedFolder folder, PackageLicenses licenses)
    {
        if (folder.Unclaimed.Count > 0)
        {
            throw new BillException($"what these files belong to is not told: {string.Join(", ", folder.Unclaimed)}");
        }

        var components = folder.Components.Select(component => component with { License = licenses.Of(component) }).Concat(licenses.Embedded()).ToList();
        var refused = components.Where(component => !Allowed.Contains(component.License)).Select(component => $"{component.Name} {component.Version} ({(component.License.Length == 0 ? "tells none" : component.License)})").ToList();
        return refused.Count == 0
            ? new Bill(folder.Program, folder.Version, components)
            : throw new BillException($"licenses that are not among {string.Join(", ", Allowed)}: {string.Join(", ", refused)}");
    }

    public string ToJson()
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("bomFormat", "CycloneDX");
            json.WriteString("specVersion", "1.6");
            json.WriteNumber("version", 1);
            json.WriteStartObject("metadata");
            json.WriteStartObject("component");
            json.WriteString("type", "application");
            json.WriteString("name", Program);
            json.WriteString("version", Version);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartArray("components");
            foreach (var component in Components)
            {
                Write(json, component);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(memory.ToArray()) + "\n";
    }

    private static void Write(Utf8JsonWriter json, Component component)
    {
        json.WriteStartObject();
        json.WriteString("type", component.Kind == "runtime" ? "framework" : "library");
        json.WriteString("name", component.Name);
        json.WriteString("version", component.Version);
        WriteHash(json, "SHA-512", component.Hash);
        json.WriteStartArray("licenses");
        json.WriteStartObject();
        json.WriteStartObject("license");
        json.WriteString("id", component.License);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        if (component.PackageUrl.Length > 0)
        {
            json.WriteString("purl", component.PackageUrl);
        }

        json.WriteStartArray("components");
        foreach (var file in component.Files)
        {
            json.WriteStartObject();
            json.WriteString("type", "file");
            json.WriteString("name", file.Path);
            WriteHash(json, "SHA-256", file.Hash);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteHash(Utf8JsonWriter json, string algorithm, string hash)
    {
        if (hash.Length == 0)
        {
            return;
        }

        json.WriteStartArray("hashes");
        json.WriteStartObject();
        json.WriteString("alg", algorithm);
        json.WriteString("content", hash);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
