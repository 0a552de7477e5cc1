using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;
using ScaleFunctions.Adapters.Telemetry;
using ScaleFunctions.App.Hosting;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>What the hosted app reads can be set by the template, and is told to whoever deploys.</summary>
public sealed partial class HostedSettingsTests
{
    /// <summary>Each way of reading: what is asked for depends on what the settings before said.</summary>
    private static readonly (string Name, string Value)[][] Ways =
    [
        [("WorkStorage:queueServiceUri", "https://a.queue.core.windows.net")],
        [("WorkStorage", "UseDevelopmentStorage=true"), ("ScaleFunctions:Mode", "act")],
        [("WorkStorage", "UseDevelopmentStorage=true"), ("StateStorage:tableServiceUri", "https://a.table.core.windows.net")],
        [("WorkStorage", "UseDevelopmentStorage=true"), ("PolicyStorage:blobServiceUri", "https://a.blob.core.windows.net")],
        [("WorkStorage", "UseDevelopmentStorage=true"), ("BudgetTopic:topicEndpointUri", "https://b.westeurope-1.eventgrid.azure.net/api/events")],
        [
            ("WorkStorage", "UseDevelopmentStorage=true"), ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4317"),
            ("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=https://westeurope-0.in.applicationinsights.azure.com/"),
        ],
    ];

    /// <summary>What a deployment in Azure has no use for, and why.</summary>
    private static readonly Dictionary<string, string> NotInTemplates = new(StringComparer.Ordinal)
    {
        ["WorkStorage"] = "a connection string, for the emulator",
        ["StateStorage"] = "a connection string, for the emulator",
        ["PolicyStorage"] = "a connection string, for the emulator",
        ["ScaleFunctions__State"] = "a file on the disk of one instance",
    };

    [Fact]
    public void Each_setting_can_be_set_by_the_template()
    {
        var template = Quoted().Matches(Repository.Text("bicep/modules/app.bicep")).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(Asked().Where(name => !NotInTemplates.ContainsKey(name)).Except(template));
        Assert.Empty(NotInTemplates.Keys.Intersect(template));
        Assert.Empty(NotInTemplates.Keys.Except(Asked()));
    }

    [Fact]
    public void Each_setting_is_in_the_documents()
    {
        var told = Repository.Text("docs/deploy.md") + Repository.Text("docs/telemetry.md");

        Assert.All(Asked(), name => Assert.Matches(new Regex($"`{Regex.Escape(name)}[`=]", RegexOptions.None, TimeSpan.FromSeconds(1)), told));
    }

    /// <summary>The test would find nothing if nothing was asked for.</summary>
    [Fact]
    public void What_is_asked_for_is_seen() => Assert.Superset(
        new HashSet<string> { "ScaleFunctions__Mode", "PolicyStorage__container", "StateStorage__table", "Azure__ActClientId", "BUDGET_QUEUE", "OTEL_TRACES_SAMPLER", "TICK_SCHEDULE" },
        Asked().ToHashSet());

    /// <summary>The names of app settings that are read, over all ways.</summary>
    private static IReadOnlyList<string> Asked()
    {
        var asked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var way in Ways)
        {
            var configuration = new AskedConfiguration(
                new ConfigurationBuilder().AddInMemoryCollection(way.Select(each => KeyValuePair.Create(each.Name, (string?)each.Value))).Build(), asked);
            HostedSettings.Read(configuration);
            TelemetrySettings.Read(configuration, isHosted: true);
        }

        // The library reads many more by itself; these two are asked for here.
        return [.. asked.Where(name => !name.StartsWith("OTEL_", StringComparison.Ordinal) || name is "OTEL_EXPORTER_OTLP_ENDPOINT" or "OTEL_TRACES_SAMPLER").Select(name => name.Replace(":", "__", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    [GeneratedRegex("name: '(?<name>[A-Za-z_]+)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();

    /// <summary>Notes each key that is asked for.</summary>
    private sealed class AskedConfiguration(IConfiguration inner, HashSet<string> asked) : IConfiguration
    {
        public string? this[string key]
        {
            get
            {
                asked.Add(key);
                return inner[key];
            }
            set => inner[key] = value;
        }

        public IEnumerable<IConfigurationSection> GetChildren() => inner.GetChildren();

        public IChangeToken GetReloadToken() => inner.GetReloadToken();

        public IConfigurationSection GetSection(string key)
        {
            asked.Add(key);
            return inner.GetSection(key);
        }
    }
}
