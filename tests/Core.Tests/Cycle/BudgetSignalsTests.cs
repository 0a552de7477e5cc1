using System.Text.Json;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>What is said of budgets from outside: what leads to a look, and what leads to nothing.</summary>
public sealed class BudgetSignalsTests : IWorkQueue
{
    private readonly MemoryDocumentStore _documents = new();
    private readonly List<WorkMessage> _sent = [];
    private readonly BudgetSignals _signals;
    private PolicySet _policies = Of(SomeBudget.Policy(SomeBudget.Lower) with { Budget = SomeBudget.AzureId });
    private bool _isDown;

    public BudgetSignalsTests() => _signals = new BudgetSignals(_documents, this);

    [Theory]
    [InlineData("team", true)]
    [InlineData("TEAM", false)]
    [InlineData(SomeBudget.AzureId, true)]
    [InlineData("/SUBSCRIPTIONS/S-1/providers/Microsoft.Consumption/budgets/SHOP/", true)]
    [InlineData("/subscriptions/s-1/providers/microsoft.consumption/budgets/shop2", false)]
    [InlineData("", false)]
    public async Task Only_what_a_policy_is_about_leads_to_a_look(string budget, bool isOurs)
    {
        Assert.Equal(isOurs ? BudgetSignals.Outcome.Queued : BudgetSignals.Outcome.Foreign, await TakeAsync("1", budget, "80"));

        Assert.Equal(isOurs ? ["team"] : [], Asked());
        Assert.Equal(isOurs, _documents.All.Count > 0);
    }

    /// <summary>A policy without a budget in Azure is not about one without a name.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task No_name_is_nobodys(string budget)
    {
        _policies = Of(SomeBudget.Policy(SomeBudget.Lower));

        Assert.Equal(BudgetSignals.Outcome.Foreign, await TakeAsync("1", budget, "80"));
        Assert.Empty(_sent);
    }

    [Fact]
    public async Task Each_policy_that_is_about_it_looks()
    {
        var policy = SomeBudget.Policy(SomeBudget.Lower) with { Budget = SomeBudget.AzureId };
        _policies = Of(policy, policy with { Name = "other" }, policy with { Name = "none", Budget = "" });

        await TakeAsync("1", SomeBudget.AzureId, "80");

        Assert.Equal(["team", "other"], Asked());
    }

    /// <summary>Event Grid delivers again for a day; an id that comes after a week is another event.</summary>
    [Fact]
    public async Task An_event_is_known_for_a_week_whatever_it_says()
    {
        await TakeAsync("1", "team", "80");

        Assert.Equal(BudgetSignals.Outcome.Repeated, await TakeAsync("1", "team", "100", Some.Noon.AddDays(7).AddSeconds(-1)));
        Assert.Single(_sent);
        Assert.Equal(BudgetSignals.Outcome.Queued, await TakeAsync("1", "team", "100", Some.Noon.AddDays(7)));
    }

    [Fact]
    public async Task The_same_under_another_id_is_said_once_an_hour_also_the_second_time()
    {
        await TakeAsync("1", SomeBudget.AzureId, "80");
        Assert.Equal(BudgetSignals.Outcome.Repeated, await TakeAsync("2", SomeBudget.AzureId.ToUpperInvariant(), "80", Some.At(59)));

        Assert.Equal(BudgetSignals.Outcome.Queued, await TakeAsync("3", SomeBudget.AzureId, "80", Some.At(60)));
        Assert.Equal(BudgetSignals.Outcome.Repeated, await TakeAsync("4", SomeBudget.AzureId, "80", Some.At(119)));
        Assert.Equal(2, _sent.Count);
    }

    [Fact]
    public async Task What_could_not_be_passed_on_is_not_taken_for_seen()
    {
        _isDown = true;
        await Assert.ThrowsAsync<IOException>(() => TakeAsync("1", "team", "80"));
        Assert.Empty(_documents.All);

        _isDown = false;
        Assert.Equal(BudgetSignals.Outcome.Queued, await TakeAsync("1", "team", "80"));
        Assert.Equal(["team"], Asked());
    }

    /// <summary>A look that nobody came to within the hour is not made up for: the fast clock has looked meanwhile.</summary>
    [Fact]
    public async Task A_look_that_was_asked_for_is_not_waited_for_longer_than_an_hour()
    {
        await TakeAsync("1", "team", "80");

        Assert.Equal((WorkKind.Budget, TimeSpan.Zero, TimeSpan.FromHours(1)), (_sent[0].Kind, _sent[0].VisibleAfter, _sent[0].ExpiresAfter));
    }

    /// <summary>Keys of Azure Tables may not hold any of these, and have an end.</summary>
    [Fact]
    public async Task Nothing_from_outside_is_a_key_of_the_store()
    {
        var hostile = "../\\#?\u0000\n'" + new string('x', 5_000);

        await TakeAsync(hostile, "team", hostile);

        Assert.Equal(2, _documents.All.Count);
        Assert.All(_documents.All, document => Assert.Matches("^(id|meaning)-[0-9a-f]{32}$", document.Key));
        Assert.Equal(BudgetSignals.Outcome.Repeated, await TakeAsync(hostile, "team", "80"));
        Assert.Equal(BudgetSignals.Outcome.Queued, await TakeAsync(hostile + "y", "team", "80"));
    }

    Task IWorkQueue.SendAsync(WorkMessage message, CancellationToken cancellationToken)
    {
        if (_isDown)
        {
            throw new IOException("the queue is away");
        }

        _sent.Add(message);
        return Task.CompletedTask;
    }

    private static PolicySet Of(params BudgetAlertsPolicy[] budgets) => Some.Policies() with { BudgetAlerts = budgets };

    private IEnumerable<string> Asked() => _sent.Select(message => JsonSerializer.Deserialize(message.Body, BudgetJson.Default.BudgetRequest)!.Policy);

    private Task<BudgetSignals.Outcome> TakeAsync(string id, string budget, string meaning, DateTimeOffset? at = null) =>
        _signals.TakeAsync(id, new BudgetSignal(budget, "action-group", meaning), _policies, at ?? Some.Noon, TestContext.Current.CancellationToken);
}
