using System.Security.Cryptography;
using System.Text;

namespace ScaleFunctions.App.Dashboard;

/// <summary>The files of the page, which are part of the program.</summary>
internal static class DashboardFiles
{
    /// <summary>Begin of the resources' names; see the project file.</summary>
    private const string Prefix = "dashboard/";

    private const string Charts = "vendor/uPlot.esm.js";
    private const string ChartStyle = "vendor/uPlot.min.css";

    public static IReadOnlyDictionary<string, DashboardFile> Load()
    {
        var assembly = typeof(DashboardFiles).Assembly;
        var files = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(name => name[Prefix.Length..], name => File(name, Read(assembly.GetManifestResourceStream(name)!)));

        // A build without Node has no charts. The page is told so by an empty module, and shows its tables.
        files.TryAdd(Charts, File(Charts, Encoding.UTF8.GetBytes("export default null;\n")));
        files.TryAdd(ChartStyle, File(ChartStyle, []));
        return files;
    }

    private static DashboardFile File(string name, byte[] content) => new(
        Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "text/plain; charset=utf-8",
        },
        $"\"{Convert.ToHexStringLower(SHA256.HashData(content)[..12])}\"",
        content);

    private static byte[] Read(Stream stream)
    {
        using (stream)
        {
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            return content;
        }
    }
}
