using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Adapters;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Local;
using ScaleFunctions.App.Local.Triggers;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Connections;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Load;
using ScaleFunctions.Sandbox.Throttling;

namespace ScaleFunctions.Dashboard.Tests;

/// <summary>The app as the local mode composes it, over a simulated Azure whose clock moves only when the test says so.</summary>
internal sealed class World : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, string> AppSettings = new()
    {
        ["TICK_SCHEDULE"] = "0 * * * * *",
        ["FORECAST_SCHEDULE"] = "0 */5 * * * *",
        ["RIGHTSIZE_SCHEDULE"] = "0 17 * * * *",
        ["COST_SCHEDULE"] = "0 */15 * * * *",
        ["EVALUATE_QUEUE"] = "evaluate",
        ["VERIFY_QUEUE"] = "verify",
        ["BUDGET_QUEUE"] = "budget",
    };

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("scalefunctions-dashboard-");
    private readonly HttpMessageHandler _azure;
    private WebApplication _app = null!;
    private LocalTriggerHost _host = null!;

    private World(SandboxServer sandbox) => (Sandbox, _azure) = (sandbox, sandbox.Connection.CreateHandler(sandbox.Clock));

    public SandboxServer Sandbox { get; }

    public Uri Address { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public IStateStore Store => _app.Services.GetRequiredService<IStateStore>();

    public PredictiveSchedules Schedules => _app.Services.GetRequiredService<PredictiveSchedules>();

    public LeftoverMarks Leftovers => _app.Services.GetRequiredService<LeftoverMarks>();

    public RightsizingFindings Findings => _app.Services.GetRequiredService<RightsizingFindings>();

    public BudgetStates Budgets => _app.Services.GetRequiredService<BudgetStates>();

    public CostReports Costs => _app.Services.GetRequiredService<CostReports>();

    public SavingsStatements Savings => _app.Services.GetRequiredService<SavingsStatements>();

    public IDocumentStore Documents => _app.Services.GetRequiredService<IDocumentStore>();

    public RowStore Rows => _app.Services.GetRequiredService<RowStore>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts it.</summary>
    /// <param name="estate">The scale sets; two of a shop when absent.</param>
    /// <param name="key">Asked for before every call of the API, as the Functions host does; none in local mode.</param>
    /// <param name="policies">A file of policies beside those that are always there.</param>
    public static async Task<World> StartAsync(IReadOnlyList<ScaleSetSpec>? estate = null, string? key = null, string? policies = null)
    {
        var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions
            {
                Start = Start,
                Throttle = ThrottleLimits.None,
                Estate = new EstateSpec(estate ?? [Service("web", 9, seed: 1), Service("api", 4, seed: 2)]),
                Behavior = new EstateOptions { History = TimeSpan.FromHours(26) },
            },
            Cancellation);
        var world = new World(sandbox);
        await world.ListenAsync(key, policies);
        return world;
    }

    public static ScaleSetSpec Service(string name, double mean, int seed, string app = "shop", double bursts = 2) => new()
    {
        Id = IdOf(name),
        Load = new GeneratedLoad(new GeneratedLoadShape { Mean = mean, BurstsPerDay = bursts }, seed),
        InitialCapacity = Math.Max(2, (int)Math.Ceiling(mean)),
        Tags = new Dictionary<string, string> { ["app"] = app },
    };

    public static TargetId IdOf(string name) => ScaleSetSpec.IdOf(EstateSpec.DefaultSubscription, "shop", name);

    /// <summary>Lets the ticks of the next minutes happen.</summary>
    public async Task TickAsync(int minutes = 1)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            await Sandbox.Clock.AdvanceToAsync(_host.NextTimer, Cancellation);
            await _host.StepAsync(Cancellation);
        }
    }

    /// <summary>Lets time pass without a tick.</summary>
    public async Task WaitAsync(TimeSpan span) => await Sandbox.Clock.SpendAsync(span, Cancellation);

    public async Task<TargetRow> RowAsync(string name) => await Store.ReadTargetAsync(IdOf(name), Cancellation);

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        _host?.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        await Sandbox.DisposeAsync();
        _azure.Dispose();
        _directory.Delete(recursive: true);
    }

    private async Task ListenAsync(string? key, string? more)
    {
        var policies = Path.Combine(_directory.FullName, "policies");
        await SamplePolicies.WriteToAsync(policies);
        if (more is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(policies, "more.yml"), more, Cancellation);
        }

        var builder = FunctionApp.CreateBuilder(port: 0);
        builder.Services
            .AddSingleton<TimeProvider>(Sandbox.Clock)
            .AddSqliteState(_directory.FullName)
            .AddSqliteWorkQueue(_directory.FullName)
            .AddAzureAdapters(
                new AzureConnection
                {
                    Credential = new SandboxCredential(),
                    Time = Sandbox.Clock,
                    Transport = AzureConnection.Over(_azure),
                    ReadRetryDelay = new PacedDelay(),
                    Waiting = Sandbox.Clock.SpendAsync,
                },
                [])
            .AddScaling(new CycleOptions { Worker = "worker-1", ModeCeiling = PolicyMode.Act })
            .AddSingleton<IPolicySource>(provider => new PolicyWatch(
                policies, PolicyDirectory.Read(policies), provider.GetRequiredService<RowStore>(), provider.GetRequiredService<ResourceKinds>(),
                Sandbox.Clock, _ => { }))
            .AddFunctions();
        _app = builder.Build();
        if (key is null)
        {
            _app.Use(LocalCallers.GuardAsync);
        }
        else
        {
            _app.Use((context, next) => AskForKeyAsync(context, next, key));
        }

        await _app.StartAsync(0, advice: "", Cancellation);
        Address = new Uri(_app.Urls.First());
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
        _host = new LocalTriggerHost(
            Address, FunctionFile.ReadAll(AppContext.BaseDirectory, AppSettings), _app.Services.GetRequiredService<IWorkSource>(), Sandbox.Clock);
    }

    private static Task AskForKeyAsync(HttpContext context, RequestDelegate next, string key)
    {
        if (!context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) || context.Request.Headers["x-functions-key"] == key)
        {
            return next(context);
        }

        context.Response.StatusCode = (int)HttpStatusCode.Unauthorized;
        return Task.CompletedTask;
    }
}
