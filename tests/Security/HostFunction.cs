using System.Text.Json;
using Microsoft.AspNetCore.Routing.Template;

namespace ScaleFunctions.Security.Tests;

/// <summary>A function as the Functions host reads it from its <c>function.json</c>.</summary>
/// <param name="Name">Its folder.</param>
/// <param name="Trigger">Such as <c>httpTrigger</c>.</param>
/// <param name="AuthLevel">Which key the host asks for; empty where no call comes by HTTP.</param>
/// <param name="Methods">HTTP methods in upper case.</param>
/// <param name="Route">Its route; absent where no call comes by HTTP.</param>
internal sealed record HostFunction(string Name, string Trigger, string AuthLevel, IReadOnlyList<string> Methods, string? Route)
{
    public bool IsHttp => Trigger == "httpTrigger";

    public static IReadOnlyList<HostFunction> ReadAll() =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "functions", "App", "Functions"), "function.json", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(file =>
            {
                using var document = JsonDocument.Parse(File.ReadAllText(file));
                var trigger = document.RootElement.GetProperty("bindings").EnumerateArray().Single(binding => Text(binding, "type").EndsWith("Trigger", StringComparison.Ordinal));
                return new HostFunction(
                    Path.GetFileName(Path.GetDirectoryName(file))!, Text(trigger, "type"), Text(trigger, "authLevel"),
                    trigger.TryGetProperty("methods", out var methods) ? [.. methods.EnumerateArray().Select(method => method.GetString()!.ToUpperInvariant())] : [],
                    trigger.TryGetProperty("route", out var route) ? route.GetString() : null);
            }),
    ];

    /// <summary>The function that the Functions host would call: of those whose route fits, the one whose route says most.</summary>
    /// <param name="functions">All functions.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path, as the host sees it.</param>
    public static HostFunction? Of(IEnumerable<HostFunction> functions, string method, string path) => functions
        .Where(function => function.IsHttp && function.Methods.Contains(method) && Fits(function.Route!, path))
        .MaxBy(function => function.Route!.Length);

    private static bool Fits(string route, string path) =>
        !path.Contains('\0', StringComparison.Ordinal) && !path.Contains("%00", StringComparison.Ordinal) && new TemplateMatcher(TemplateParser.Parse(route), []).TryMatch(path, []);

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
