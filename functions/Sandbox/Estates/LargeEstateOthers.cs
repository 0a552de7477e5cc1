using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>What other services keep in the large estate, with the signs by which they are known.</summary>
internal sealed class LargeEstateOthers(Random random, IReadOnlyList<LargeEstateSubscription> subscriptions, IReadOnlyList<string> regions)
{
    private static readonly string[] Pools = ["system", "user", "spot", "gpu"];

    private readonly Dictionary<string, string> _groupManagers = [];
    private readonly List<string> _denyAssignments = [];

    /// <summary>By the id of a resource group: what manages it.</summary>
    public IReadOnlyDictionary<string, string> GroupManagers => _groupManagers;

    public IReadOnlyList<string> DenyAssignments => _denyAssignments;

    public void Add(List<ScaleSetSpec> scaleSets, List<PlanSpec> plans)
    {
        foreach (var subscription in subscriptions)
        {
            for (var number = 1; number <= 3; number++)
            {
                AddCluster(subscription, number, scaleSets);
            }

            AddDatabricks(subscription, scaleSets);
            AddBatch(subscription, scaleSets);
            AddServiceFabric(subscription, scaleSets);
            AddKubernetes(subscription, scaleSets);
            AddElastic(subscription, plans);
        }
    }

    private void AddCluster(LargeEstateSubscription subscription, int number, List<ScaleSetSpec> scaleSets)
    {
        var cluster = $"aks-{subscription.Environment}-{subscription.Number:00}-{number}";

        // Some chose a name of their own for the group of the nodes.
        var group = number == 3 ? $"rg-{cluster}-nodes" : $"MC_rg-{cluster}_{cluster}_westeurope";
        Manage(subscription, group, $"Microsoft.ContainerService/managedClusters/{cluster}");
        foreach (var pool in Pools)
        {
            scaleSets.Add(ScaleSet(subscription, group, $"aks-{pool}-{random.Next(10_000_000, 99_999_999)}-vmss", new()
            {
                ["aks-managed-poolName"] = pool,
                ["aks-managed-orchestrator"] = "Kubernetes:1.33.3",
                ["env"] = subscription.Environment,
            }));
        }
    }

    private void AddDatabricks(LargeEstateSubscription subscription, List<ScaleSetSpec> scaleSets)
    {
        var workspace = $"dbw-{subscription.Environment}-{subscription.Number:00}";
        var group = $"databricks-rg-{workspace}-{Word(13)}";
        Manage(subscription, group, $"Microsoft.Databricks/workspaces/{workspace}");
        _denyAssignments.Add($$$"""
            {"id":"/subscriptions/{{{subscription.Id}}}/resourceGroups/{{{group}}}/providers/Microsoft.Authorization/denyAssignments/{{{subscription.Number}}}",
             "type":"Microsoft.Authorization/denyAssignments","properties":{"denyAssignmentName":"System deny assignment created by Azure Databricks {{{group}}}",
              "scope":"/subscriptions/{{{subscription.Id}}}/resourceGroups/{{{group}}}","doNotApplyToChildScopes":false,"isSystemProtected":true,
              "permissions":[{"actions":["*"],"notActions":["*/read"],"dataActions":[],"notDataActions":[]}],
              "principals":[{"id":"00000000-0000-0000-0000-000000000000","type":"SystemDefined","displayName":"All Principals"}],"excludePrincipals":[]}}
            """);
        for (var number = 0; number < 4; number++)
        {
            scaleSets.Add(ScaleSet(subscription, group, $"workers-{Word(8)}", new() { ["Vendor"] = "Databricks", ["Creator"] = "data-platform" }));
        }
    }

    private void AddBatch(LargeEstateSubscription subscription, List<ScaleSetSpec> scaleSets)
    {
        for (var number = 0; number < 2; number++)
        {
            scaleSets.Add(ScaleSet(subscription, $"azurebatch-{Word(8)}-c", $"{Word(12)}-azurebatch-vmss-d", []));
        }
    }

    private void AddServiceFabric(LargeEstateSubscription subscription, List<ScaleSetSpec> scaleSets)
    {
        foreach (var type in (string[])["primary", "backend"])
        {
            scaleSets.Add(ScaleSet(subscription, $"rg-fabric-{subscription.Number:00}", $"nt-{type}", new()
            {
                ["resourceType"] = "Service Fabric",
                ["clusterName"] = $"sf-{subscription.Environment}-{subscription.Number:00}",
            }));
        }
    }

    private void AddKubernetes(LargeEstateSubscription subscription, List<ScaleSetSpec> scaleSets) =>
        scaleSets.Add(ScaleSet(subscription, $"rg-rke-{subscription.Number:00}", "vmss-rke-workers", new()
        {
            ["cluster-autoscaler-enabled"] = "true",
            ["cluster-autoscaler-name"] = $"rke-{subscription.Number:00}",
            ["min"] = "2",
            ["max"] = "9",
        }));

    private void AddElastic(LargeEstateSubscription subscription, List<PlanSpec> plans)
    {
        var tags = new Dictionary<string, string> { ["env"] = subscription.Environment, ["owner"] = "team-integration" };
        var group = $"rg-functions-{subscription.Number:00}";
        for (var number = 1; number <= 2; number++)
        {
            plans.Add(Plan(subscription, group, $"ep-functions-{number}", tags) with { Sku = "EP1", Tier = "ElasticPremium", MaximumInstances = 20 });
        }

        plans.Add(Plan(subscription, group, "asp-automatic", tags) with { ScalesAutomatically = true });
        plans.Add(Plan(subscription, group, "asp-free", tags) with { Sku = "F1", Tier = "Free", MaximumInstances = 1 });
    }

    private void Manage(LargeEstateSubscription subscription, string group, string manager) =>
        _groupManagers[$"/subscriptions/{subscription.Id}/resourceGroups/{group}"] =
            $"/subscriptions/{subscription.Id}/resourceGroups/rg-{manager[(manager.LastIndexOf('/') + 1)..]}/providers/{manager}";

    private ScaleSetSpec ScaleSet(LargeEstateSubscription subscription, string group, string name, Dictionary<string, string> tags)
    {
        var mean = 1 + (random.NextDouble() * 6);
        return new ScaleSetSpec
        {
            Id = ScaleSetSpec.IdOf(subscription.Id, group, name),
            Load = LargeEstate.Load(random, mean),
            InitialCapacity = (int)Math.Ceiling(mean * 1.4),
            Region = regions[random.Next(regions.Count)],
            Sku = "Standard_D8s_v5",
            Tags = tags,
        };
    }

    private PlanSpec Plan(LargeEstateSubscription subscription, string group, string name, Dictionary<string, string> tags) => new()
    {
        Id = PlanSpec.IdOf(subscription.Id, group, name),
        Load = new ConstantLoad(0.5),
        InitialCapacity = 1,
        Region = regions[random.Next(regions.Count)],
        Tags = tags,
    };

    private string Word(int length) => string.Create(length, random, static (letters, source) =>
    {
        for (var index = 0; index < letters.Length; index++)
        {
            letters[index] = "abcdefghijklmnopqrstuvwxyz0123456789"[source.Next(36)];
        }
    });
}
