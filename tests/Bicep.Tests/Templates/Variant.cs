namespace ScaleFunctions.Bicep.Tests.Templates;

/// <summary>One way to deploy the sample parameters.</summary>
internal sealed record Variant(string Plan, string Mode)
{
    public static readonly Variant PrivateObserve = new("flex", "observe") { IsPrivate = true };
    public static readonly Variant PrivateAct = new("premium", "act") { IsPrivate = true };

    public static readonly IReadOnlyList<Variant> All = [new("flex", "observe"), new("flex", "act"), new("premium", "observe"), new("premium", "act"), new("flex", "act") { ResizesMachines = true }, PrivateObserve, PrivateAct];

    /// <summary>Whether it has a network of its own.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>Whether the role may write machines, which a change of their size takes.</summary>
    public bool ResizesMachines { get; init; }

    /// <summary>The parameter that says where policies are read; what observes and what is private have those of the package.</summary>
    public string? PolicySource => this switch
    {
        { Acts: false } or { IsPrivate: true } => null,
        { ResizesMachines: true } => "{ from: 'directory', path: '/mounts/policies', commit: '@/mounts/policies.commit' }",
        { OnFlex: true } => "{ from: 'container', storageAccount: 'policies', resourceGroup: 'rg-policies', container: 'fleet' }",
        _ => "{ from: 'container' }",
    };

    /// <summary>Whether it looks at named subscriptions, and sends telemetry to a collector too.</summary>
    public bool IsWide => Acts && OnFlex;

    public string Name => $"{Plan}-{Mode}{(ResizesMachines ? "-resize" : "")}{(IsPrivate ? "-private" : "")}";

    public bool Acts => Mode == "act";

    public bool OnFlex => Plan == "flex";

    /// <summary>The committed sample with its choices replaced. Acting variants also have events, budgets, channels, a package, other sources of signals and of policies, as a later deployment does.</summary>
    public string Parameters(string sample)
    {
        var text = Set(Set(sample, "plan", $"'{Plan}'"), "mode", $"'{Mode}'");
        text += IsPrivate ? "\nparam privateNetwork = { addressPrefix: '10.90.0.0/24' }\n" : "";
        return Acts
            ? Set(text, "deployEvents", "true") + "\nparam packageName = 'first.zip'\nparam deployerObjectId = '33333333-3333-3333-3333-333333333333'"
                + "\nparam signalSources = [{ resourceGroup: 'rg-signals', workspaces: ['logs'], storageAccounts: ['orders'] }]\n"
                + "param alertEmails = ['ops@example.com']\nparam alertSettings = [{ name: 'ALERT_TEAMS_OPS', secretUri: 'https://vault.example/secrets/teams' }]\nparam budgetWebhookKey = 'made-up'\n"
                + "param budgets = [{ name: 'all', amount: 5000, startDate: '2026-01-01', actual: [80, 100], forecast: [100] }, { name: 'fleet', amount: 900, startDate: '2026-01-01', resourceGroup: 'rg-fleet', actual: [90], forecast: [110] }]\n"
                + "param ownBudget = { amount: 250, startDate: '2026-01-01' }\n"
                + (PolicySource is null ? "" : $"param policySource = {PolicySource}\n")
                + (IsWide ? "param subscriptions = ['22222222-2222-2222-2222-222222222222', '44444444-4444-4444-4444-444444444444']\nparam otlpEndpoint = 'https://collector.example:4318'\nparam tracesSampler = 'always_on'\n" : "")
                + (ResizesMachines ? "param resizeMachines = true\n" : "")
            : text;
    }

    private static string Set(string text, string parameter, string value)
    {
        var lines = text.Split('\n');
        var line = Array.FindIndex(lines, candidate => candidate.StartsWith($"param {parameter} = ", StringComparison.Ordinal));
        lines[line >= 0 ? line : throw new InvalidOperationException($"the sample does not set {parameter}")] = $"param {parameter} = {value}";
        return string.Join('\n', lines);
    }
}
